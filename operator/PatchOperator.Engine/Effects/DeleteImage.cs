using PatchOperator.Api;
using PatchOperator.Engine.Decisions;

namespace PatchOperator.Engine.Effects;

/// <summary>Delete an image from its repository; the status lists it until it is gone.</summary>
public sealed record DeleteImage(ImageBaseline Baseline, string Digest) : Effect
{
    /// <inheritdoc/>
    public override string Words => $"delete image {Digest}";

    /// <inheritdoc/>
    public override bool IsOptional => true;

    /// <inheritdoc/>
    public override string ReasonOfRefusal => Reasons.RetentionFailed;
}
