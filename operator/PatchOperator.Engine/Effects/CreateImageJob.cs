using PatchOperator.Api;
using PatchOperator.Engine.Decisions;
using PatchOperator.Engine.Facts;

namespace PatchOperator.Engine.Effects;

/// <summary>Create a Job of a baseline; one that exists under the name is the same Job.</summary>
public sealed record CreateImageJob(ImageBaseline Baseline, ImageJobRequest Job) : Effect
{
    /// <inheritdoc/>
    public override string Words => $"create Job {Job.Job.Name}";
}
