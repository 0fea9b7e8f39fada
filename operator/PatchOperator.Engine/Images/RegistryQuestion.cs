using PatchOperator.Api;
using PatchOperator.Engine.Facts;
using PatchOperator.Engine.Questions;

namespace PatchOperator.Engine.Images;

/// <summary>What must be asked of the registry before a decision can be made.</summary>
internal static class RegistryQuestion
{
    /// <summary>Null when nothing depends on the registry, which is most of the time.</summary>
    public static ImageInRegistry? Of(BaselineInput input)
    {
        if (input.Errors.Count > 0 || input.Spec.Output.Repository is null)
            return null;
        var job = input.Baseline.Status.Job;
        if (job is { Kind: ImageJobKind.Build } && input.Jobs.GetValueOrDefault(job.Name)?.Report is { End: ImageJobEnd.Done, Digest: { } pushed })
            return new ImageInRegistry(input.Baseline, pushed, null);
        return Promotions.Due(input) is { } image ? new ImageInRegistry(input.Baseline, image.Digest, input.Spec.Output.CurrentTag) : null;
    }
}
