using PatchOperator.Api;
using PatchOperator.Engine.World;
using PatchOperator.Resources;

namespace PatchOperator.Jobs;

/// <summary>Our Jobs as the slim records that are kept of them.</summary>
internal static class JobRecords
{
    /// <summary>What is kept of a Job.</summary>
    public static JobRecord Of(JobResource job)
    {
        var end = job.Status?.Conditions?.FirstOrDefault(condition => condition is { Type: "Complete" or "Failed", Status: "True" });
        var (node, baseline) = (Annotation(job, JobAnnotations.Node), Label(job, ApiGroup.BaselineLabel));
        return new JobRecord
        {
            Name = job.Metadata.Name,
            Uid = job.Metadata.Uid,
            Node = node,
            BootId = Annotation(job, JobAnnotations.BootId),
            Baseline = baseline,
            Run = (node ?? baseline) is null ? Label(job, ApiGroup.RunLabel) : null,
            Hook = Label(job, ApiGroup.HookLabel),
            IsCheck = Label(job, ApiGroup.StepLabel) == HookJobFactory.CheckStep,
            Owner = job.Metadata.OwnerReferences is [var owner, ..] ? owner.Uid : null,
            Finished = end is not null,
            Succeeded = end?.Type == "Complete",
            TimedOut = end?.Reason == "DeadlineExceeded",
            FinishedAt = end?.LastTransitionTime is { } at ? new DateTimeOffset(DateTime.SpecifyKind(at, DateTimeKind.Utc)) : null,
        };
    }

    private static string? Label(JobResource job, string name) => job.Metadata.Labels?.TryGetValue(name, out var value) == true ? value : null;

    private static string? Annotation(JobResource job, string name) => job.Metadata.Annotations?.TryGetValue(name, out var value) == true ? value : null;
}
