namespace PatchOperator.Contract.Images;

/// <summary>
/// What a Job asks of the image steps <c>pull</c>, <c>build</c>, <c>test</c>, <c>scan</c> and <c>report</c>. Every container of the Job gets the same one, as
/// JSON in the environment variable <see cref="EnvironmentVariable"/>.
/// </summary>
/// <remarks>
/// Optional members have setters on purpose: generated JSON code gives an absent <c>init</c> member its type's default, not the one written here.
/// </remarks>
public sealed record ImageRequest
{
    /// <summary>The environment variable that carries the request.</summary>
    public const string EnvironmentVariable = "PATCH_IMAGE_REQUEST";

    /// <summary>The most bytes of UTF-8 a request may have: Linux takes 128 KiB per variable.</summary>
    public const int MaxBytes = 120_000;

    /// <summary>The baseline's name.</summary>
    public required string Baseline { get; init; }

    public ImageJobMode Mode { get; set; }

    /// <summary>Scan: the digest of the image to pull and look into, <c>sha256:…</c>.</summary>
    public string? Digest { get; set; }

    /// <summary>Scan: its version, which is its tag or its file's name without the extension.</summary>
    public string? Version { get; set; }

    /// <summary>Seconds since 1970 that everything in the image is dated at or before, see SOURCE_DATE_EPOCH.</summary>
    public long SourceDateEpoch { get; set; }

    /// <summary>When the build began, in UTC: the tag's date and time.</summary>
    public DateTimeOffset StartedAt { get; set; }

    public ImageRequestBuilder Builder { get; set; }

    public ImageRequestSource Source { get; set; } = new();

    public ImageRequestRecipe Recipe { get; set; } = new();

    public IReadOnlyList<ImageRequestTest> Tests { get; set; } = [];

    public ImageRequestOutput Output { get; set; } = new();

    /// <summary>What runs have installed on nodes: the scan says how much of it the image lacks.</summary>
    public IReadOnlyList<ExpectedUpdates> Expected { get; set; } = [];

    /// <summary>Images of this baseline that exist: the same content built again keeps its version.</summary>
    public IReadOnlyList<KnownImage> Known { get; set; } = [];

    /// <summary>Of the known ones in a volume, those whose files <c>report</c> deletes once the new image is there.</summary>
    public IReadOnlyList<KnownImage> Superfluous { get; set; } = [];
}
