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
        return new JobRecord
        {
            Name = job.Metadata.Name,
            Uid = job.Metadata.Uid,
            Node = job.Metadata.Annotations?.TryGetValue(JobAnnotations.Node, out var node) == true ? node : null,
            BootId = job.Metadata.Annotations?.TryGetValue(JobAnnotations.BootId, out var bootId) == true ? bootId : null,
            Baseline = job.Metadata.Labels?.TryGetValue(ApiGroup.BaselineLabel, out var baseline) == true ? baseline : null,
            Owner = job.Metadata.OwnerReferences is [var owner, ..] ? owner.Uid : null,
            Finished = end is not null,
            TimedOut = end?.Reason == "DeadlineExceeded",
        };
    }
}
