namespace PatchOperator.Contract.Images;

/// <summary>
/// How an image step ended: the termination message of its container, JSON of at most <see cref="ImageResults.MaxBytes"/> bytes. Each of our steps writes one
/// when it fails; <c>report</c> writes one always, with all that is known of the image.
/// </summary>
public sealed record ImageResult
{
    public const string CurrentSchema = "patchoperator.io/v1alpha1/image";

    public string Schema { get; init; } = CurrentSchema;

    /// <summary>A constant of <see cref="ImageReasons"/>.</summary>
    public required string Reason { get; init; }

    /// <summary>One sentence for a person: what happened, and what to do about it.</summary>
    public required string Message { get; init; }

    /// <summary>The image; null unless <c>report</c> has found it whole and, after a build, written it where it belongs and read it back.</summary>
    public ImageFacts? Image { get; set; }

    /// <summary>Null when it could not be found out.</summary>
    public ImageFindings? Findings { get; set; }

    /// <summary>A result for each test of the request, in its order; messages are cut to fit.</summary>
    public IReadOnlyList<ImageTestOutcome> Tests { get; set; } = [];
}
