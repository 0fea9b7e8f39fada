using PatchOperator.Engine.Decisions;
using PatchOperator.Engine.Facts;

namespace PatchOperator.Engine.Effects;

/// <summary>Create a Job on a node; one that exists under the name is the same Job.</summary>
public sealed record CreateJob(JobRequest Job) : Effect
{
    /// <inheritdoc/>
    public override string Words => $"create Job {Job.Name}";
}
