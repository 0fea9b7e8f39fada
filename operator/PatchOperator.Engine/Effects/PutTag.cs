using PatchOperator.Api;
using PatchOperator.Engine.Decisions;

namespace PatchOperator.Engine.Effects;

/// <summary>Make the current tag of a repository stand for an image.</summary>
public sealed record PutTag(ImageBaseline Baseline, string Digest) : Effect
{
    /// <inheritdoc/>
    public override string Words => $"move the tag {Baseline.Spec.Output.CurrentTag}";

    /// <inheritdoc/>
    public override bool IsOptional => true;

    /// <inheritdoc/>
    public override string ReasonOfRefusal => Reasons.RegistryUnavailable;
}
