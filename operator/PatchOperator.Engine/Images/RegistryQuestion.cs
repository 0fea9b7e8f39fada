using PatchOperator.Api;
using PatchOperator.Engine.Facts;

namespace PatchOperator.Engine.Images;

/// <summary>What must be asked of the registry before a decision can be made.</summary>
/// <param name="Digest">The image whose presence matters.</param>
/// <param name="Tag">The tag whose image matters; null when none does.</param>
public sealed record RegistryQuestion(string Digest, string? Tag)
{
    /// <summary>Null when nothing depends on the registry, which is most of the time.</summary>
    public static RegistryQuestion? Of(BaselineInput input)
    {
        if (input.Errors.Count > 0 || input.Spec.Output.Repository is null)
            return null;
        var job = input.Baseline.Status.Job;
        if (job is { Kind: ImageJobKind.Build } && input.Jobs.GetValueOrDefault(job.Name)?.Report is { End: ImageJobEnd.Done, Digest: { } pushed })
            return new RegistryQuestion(pushed, null);
        return Promotions.Due(input) is { } image ? new RegistryQuestion(image.Digest, input.Spec.Output.CurrentTag) : null;
    }
}
