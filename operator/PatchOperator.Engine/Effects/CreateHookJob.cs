using PatchOperator.Engine.Decisions;
using PatchOperator.Engine.Facts;

namespace PatchOperator.Engine.Effects;

/// <summary>Create the Job of a hook, or of a health check; one that exists under the name is the same Job.</summary>
public sealed record CreateHookJob(HookJobRequest Job) : Effect
{
    /// <inheritdoc/>
    public override string Words => $"create Job {Job.Name}";
}
