using PatchOperator.Api;
using PatchOperator.Engine;
using PatchOperator.Engine.World;
using PatchOperator.Resources;

namespace PatchOperator.Jobs;

/// <summary>Our Jobs as the slim records that are kept of them.</summary>
internal static class JobRecords
{
    // What Kubernetes may take to end it, its pod among it, and the news of that; and what clocks are apart.
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(2);

    /// <summary>What is kept of a Job.</summary>
    public static JobRecord Of(JobResource job)
    {
        var end = job.Status?.Conditions?.FirstOrDefault(condition => condition is { Type: "Complete" or "Failed", Status: "True" });
        var (node, baseline) = (job.Metadata.Annotation(JobAnnotations.Node), job.Metadata.Label(ApiGroup.BaselineLabel));
        var step = job.Metadata.Label(ApiGroup.StepLabel);
        return new JobRecord
        {
            Name = job.Metadata.Name,
            Uid = job.Metadata.Uid,
            Node = node,
            BootId = job.Metadata.Annotation(JobAnnotations.BootId),
            Baseline = baseline,
            Run = (node ?? baseline) is null ? job.Metadata.Label(ApiGroup.RunLabel) : null,
            Hook = job.Metadata.Label(ApiGroup.HookLabel),
            Step = step,
            IsCheck = step == HookJobFactory.CheckStep,
            Owner = job.Metadata.OwnerReferences is [var owner, ..] ? owner.Uid : null,
            CreatedAt = Instants.CreatedAt(job.Metadata),
            DueAt = end is null ? DueAt(job) : null,
            Finished = end is not null,
            Succeeded = end?.Type == "Complete",
            TimedOut = end?.Reason == "DeadlineExceeded",
            FinishedAt = Instants.Utc(end?.LastTransitionTime),
        };
    }

    private static DateTimeOffset? DueAt(JobResource job) => job.Spec?.ActiveDeadlineSeconds is { } seconds
        ? (Instants.Utc(job.Status?.StartTime) ?? Instants.CreatedAt(job.Metadata)) + TimeSpan.FromSeconds(seconds) + Grace
        : null;
}
