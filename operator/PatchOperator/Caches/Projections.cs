using System.Diagnostics.CodeAnalysis;
using PatchOperator.Api;
using PatchOperator.Engine;
using PatchOperator.Engine.World;
using PatchOperator.Jobs;
using PatchOperator.Resources;

namespace PatchOperator.Caches;

/// <summary>Built-in objects as the slim records that are kept of them.</summary>
internal static class Projections
{
    // Which annotation names a node's image is for each ImageBaseline to say; one that is longer than any name of an image is somebody's state.
    private const int MaxAnnotation = 512;

    [return: NotNullIfNotNull(nameof(node))]
    public static NodeFacts? Node(NodeResource? node)
    {
        if (node is null)
            return null;
        var ready = node.Status?.Conditions?.FirstOrDefault(condition => condition.Type == "Ready");
        return new NodeFacts
        {
            Name = node.Metadata.Name,
            Uid = node.Metadata.Uid,
            Labels = node.Metadata.Labels?.ToDictionary() ?? [],
            Annotations = node.Metadata.Annotations?
                .Where(annotation => annotation.Value.Length <= MaxAnnotation || annotation.Key == ApiGroup.TimeZoneAnnotation)
                .ToDictionary(annotation => annotation.Key, annotation => annotation.Value[..Math.Min(annotation.Value.Length, MaxAnnotation)]) ?? [],
            Unschedulable = node.Spec?.Unschedulable ?? false,
            Leaving = node.Spec?.Taints?.Any(taint => taint.Key == NodeFacts.LeavingTaint) ?? false,
            Tainted = node.Spec?.Taints?.Any(taint => taint.Effect is "NoSchedule" or "NoExecute") ?? false,
            AnnouncedBy = node.Spec?.Taints?.FirstOrDefault(taint => taint.Key == ApiGroup.PatchingTaint) is { } taint ? taint.Value ?? "" : null,
            QuarantinedBy = node.Spec?.Taints?.FirstOrDefault(taint => taint.Key == ApiGroup.UnpatchedTaint) is { } unpatched ? unpatched.Value ?? "" : null,
            CreatedAt = Instants.CreatedAt(node.Metadata),
            CordonedBy = node.Metadata.Annotation(ApiGroup.CordonedByAnnotation),
            Ready = ready?.Status == "True",
            ReadySince = Instants.Utc(ready?.LastTransitionTime),
            BootId = node.Status?.NodeInfo?.BootID ?? "",
            OsImage = NullIfEmpty(node.Status?.NodeInfo?.OsImage),
            KernelVersion = NullIfEmpty(node.Status?.NodeInfo?.KernelVersion),
        };
    }

    /// <summary>Whether two records of a Node say the same; a heartbeat changes none.</summary>
    public static bool Same(NodeFacts? before, NodeFacts? after) => before is null || after is null ? before == after :
        before with { Labels = after.Labels, Annotations = after.Annotations } == after
        && Same(before.Labels, after.Labels)
        && Same(before.Annotations, after.Annotations);

    private static bool Same(IReadOnlyDictionary<string, string> before, IReadOnlyDictionary<string, string> after) =>
        before.Count == after.Count && before.All(entry => after.TryGetValue(entry.Key, out var value) && value == entry.Value);

    [return: NotNullIfNotNull(nameof(job))]
    public static JobRecord? Job(JobResource? job) => job is null ? null : JobRecords.Of(job);

    [return: NotNullIfNotNull(nameof(pod))]
    public static PodRecord? Pod(PodResource? pod) => pod is null ? null : new()
    {
        Name = pod.Metadata.Name,
        Job = pod.Metadata.Label("job-name"),
        Node = pod.Metadata.Annotation(JobAnnotations.Node),
        Baseline = pod.Metadata.Label(ApiGroup.BaselineLabel),
        Run = (pod.Metadata.Annotation(JobAnnotations.Node) ?? pod.Metadata.Label(ApiGroup.BaselineLabel)) is null
            ? pod.Metadata.Label(ApiGroup.RunLabel)
            : null,
        Problem = Problem(pod),
    };

    // What keeps a pod from running, in words: an image that cannot be pulled above all.
    private static string? Problem(PodResource pod)
    {
        var waiting = (pod.Status?.InitContainerStatuses ?? []).Concat(pod.Status?.ContainerStatuses ?? [])
            .Select(container => container.State?.Waiting)
            .FirstOrDefault(state => state?.Reason is not (null or "ContainerCreating" or "PodInitializing"));
        if (waiting?.Reason is { } reason)
            return string.IsNullOrEmpty(waiting.Message) ? reason : $"{reason}: {waiting.Message}";
        if (pod.Status is { Phase: "Failed", Reason: { Length: > 0 } failure })
            return $"{failure}: {pod.Status.Message}";
        return pod.Status?.Conditions?.FirstOrDefault(condition => condition is { Type: "PodScheduled", Status: "False" })?.Message;
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
