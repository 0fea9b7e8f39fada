namespace PatchOperator.Agent.Contract.Images;

/// <summary>
/// What a Job asks of the image steps <c>pull</c>, <c>build</c>, <c>test</c>, <c>scan</c> and <c>report</c>. Every container of the Job gets the same one, as JSON in the
/// environment variable <see cref="EnvironmentVariable"/>.
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

/// <summary>What a Job is for.</summary>
public enum ImageJobMode
{
    /// <summary><c>build</c>, <c>test</c>, <c>scan</c>, <c>report</c>.</summary>
    Build,

    /// <summary><c>pull</c>, <c>scan</c>, <c>report</c>.</summary>
    Scan,
}

/// <summary>Which tool builds. A custom builder is a container of its own; its request says <c>Custom</c>.</summary>
public enum ImageRequestBuilder
{
    Mmdebstrap,
    Buildah,
    Custom,
}

public sealed record ImageRequestSource
{
    /// <summary>The base image; null for a suite.</summary>
    public string? Image { get; set; }

    /// <summary>The suite; null for a base image.</summary>
    public string? Suite { get; set; }

    /// <summary>Lines of sources.list; empty: the distribution's own, or what the base image has.</summary>
    public IReadOnlyList<string> Mirrors { get; set; } = [];

    /// <summary>Whether the base image's registry speaks plain HTTP.</summary>
    public bool Insecure { get; set; }
}

public sealed record ImageRequestRecipe
{
    public IReadOnlyList<string> Install { get; set; } = [];

    public IReadOnlyList<string> Remove { get; set; } = [];

    public IReadOnlyList<string> Hold { get; set; } = [];

    public ImageRequestUpdates Updates { get; set; }

    public IReadOnlyList<ImageRequestScript> Scripts { get; set; } = [];
}

public enum ImageRequestUpdates
{
    All,
    SecurityOnly,
    None,
}

/// <param name="Name">For messages.</param>
/// <param name="Run">Given to <c>/bin/sh -e</c> in the image's root.</param>
public sealed record ImageRequestScript(string Name, string Run);

/// <param name="Name">For messages and results.</param>
/// <param name="Command">The program and its arguments, run in the image's root.</param>
/// <param name="TimeoutSeconds">How long it may take.</param>
public sealed record ImageRequestTest(string Name, IReadOnlyList<string> Command, int TimeoutSeconds);

public sealed record ImageRequestOutput
{
    public ImageRequestFormat Format { get; set; }

    /// <summary>Host, optional port, and path, without tag; null: files go to the volume.</summary>
    public string? Repository { get; set; }

    /// <summary>With <c>{baseline}</c>, <c>{date}</c>, <c>{time}</c> and <c>{digest}</c>.</summary>
    public string TagTemplate { get; set; } = "{date}-{digest}";

    /// <summary>Whether the registry speaks plain HTTP.</summary>
    public bool Insecure { get; set; }
}

public enum ImageRequestFormat
{
    Oci,
    Tar,
    RawDisk,
}

/// <param name="Run">The run's UID.</param>
/// <param name="OsFamily">The system they are for, see <see cref="HostFacts.OsFamily"/>; null: any. An image of another system lacks none of them.</param>
/// <param name="Updates">What it installed.</param>
public sealed record ExpectedUpdates(string Run, string? OsFamily, IReadOnlyList<ApprovedUpdate> Updates);

public sealed record KnownImage(string Digest, string Version);
