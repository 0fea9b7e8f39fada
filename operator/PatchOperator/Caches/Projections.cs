using k8s.Models;
using PatchOperator.Api;
using PatchOperator.Engine.Facts;

namespace PatchOperator.Caches;

/// <summary>Built-in objects as the slim records that are kept of them.</summary>
internal static class Projections
{
    public static NodeFacts Node(V1Node node)
    {
        var ready = node.Status?.Conditions?.FirstOrDefault(condition => condition.Type == "Ready");
        return new NodeFacts
        {
            Name = node.Metadata.Name,
            Uid = node.Metadata.Uid,
            Labels = node.Metadata.Labels?.ToDictionary() ?? [],
            Unschedulable = node.Spec?.Unschedulable ?? false,
            CordonedBy = node.Metadata.Annotations?.TryGetValue(ApiGroup.CordonedByAnnotation, out var run) == true ? run : null,
            Ready = ready?.Status == "True",
            ReadySince = ready?.LastTransitionTime is { } since ? new DateTimeOffset(DateTime.SpecifyKind(since, DateTimeKind.Utc)) : null,
            BootId = node.Status?.NodeInfo?.BootID ?? "",
            OsImage = NullIfEmpty(node.Status?.NodeInfo?.OsImage),
            KernelVersion = NullIfEmpty(node.Status?.NodeInfo?.KernelVersion),
        };
    }

    /// <summary>Whether two records of a Node say the same; a heartbeat changes none.</summary>
    public static bool Same(NodeFacts before, NodeFacts after) =>
        before with { Labels = after.Labels } == after
        && before.Labels.Count == after.Labels.Count
        && before.Labels.All(label => after.Labels.TryGetValue(label.Key, out var value) && value == label.Value);

    public static JobRecord Job(V1Job job)
    {
        var end = job.Status?.Conditions?.FirstOrDefault(condition => condition is { Type: "Complete" or "Failed", Status: "True" });
        return new JobRecord
        {
            Name = job.Metadata.Name,
            Uid = job.Metadata.Uid,
            Node = Annotation(job.Metadata, JobAnnotations.Node),
            BootId = Annotation(job.Metadata, JobAnnotations.BootId),
            Finished = end is not null,
            TimedOut = end?.Reason == "DeadlineExceeded",
        };
    }

    public static PodRecord Pod(V1Pod pod) => new()
    {
        Name = pod.Metadata.Name,
        Job = pod.Metadata.Labels?.TryGetValue("job-name", out var job) == true ? job : null,
        Node = Annotation(pod.Metadata, JobAnnotations.Node),
        Problem = Problem(pod),
    };

    // What keeps a pod from running, in words: an image that cannot be pulled above all.
    private static string? Problem(V1Pod pod)
    {
        var waiting = pod.Status?.ContainerStatuses?.FirstOrDefault()?.State?.Waiting;
        if (waiting?.Reason is { } reason && reason != "ContainerCreating" && reason != "PodInitializing")
            return string.IsNullOrEmpty(waiting.Message) ? reason : $"{reason}: {waiting.Message}";
        if (pod.Status is { Phase: "Failed", Reason: { Length: > 0 } failure })
            return $"{failure}: {pod.Status.Message}";
        return pod.Status?.Conditions?.FirstOrDefault(condition => condition is { Type: "PodScheduled", Status: "False" })?.Message;
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static string? Annotation(V1ObjectMeta metadata, string name) =>
        metadata.Annotations?.TryGetValue(name, out var value) == true ? value : null;
}

/// <summary>Annotations of our Jobs: labels cannot hold every node name.</summary>
internal static class JobAnnotations
{
    public const string Node = ApiGroup.Name + "/node-name";
    public const string BootId = ApiGroup.Name + "/boot-id";
}

/// <summary>One of our Jobs.</summary>
internal sealed record JobRecord
{
    public required string Name { get; init; }

    public required string Uid { get; init; }

    public string? Node { get; init; }

    public string? BootId { get; init; }

    public bool Finished { get; init; }

    public bool TimedOut { get; init; }
}

/// <summary>A pod of one of our Jobs.</summary>
internal sealed record PodRecord
{
    public required string Name { get; init; }

    public string? Job { get; init; }

    public string? Node { get; init; }

    public string? Problem { get; init; }
}
