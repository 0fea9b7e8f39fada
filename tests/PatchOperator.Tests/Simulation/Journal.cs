using System.Globalization;
using k8s.Models;
using PatchOperator.Api;
using PatchOperator.Resources;

namespace PatchOperator.Tests.Simulation;

/// <summary>What happened, line by line, as a person would follow it: time (UTC), object, what.</summary>
internal sealed class Journal(TimeProvider time)
{
    /// <summary>All of it.</summary>
    public List<string> Lines { get; } = [];

    public void Add(string about, string what) => Lines.Add($"{time.GetUtcNow().ToString("ddd HH:mm:ss", CultureInfo.InvariantCulture)}  {about,-26}  {what}");

    /// <summary>Tells a change, as far as it matters.</summary>
    public void Follow(Change change)
    {
        // A Job's lines are with those of its node or its image.
        var about = change.Object.Kind != V1Job.KubeKind ? $"{change.Object.Kind} {change.Object.Name}"
            : change.Object.Label(ApiGroup.BaselineLabel) is { } baseline ? $"ImageBaseline {baseline}"
            : change.Object.Label(ApiGroup.NodeLabel) is { } node ? $"Node {node}" : $"PatchRun {change.Object.Label(ApiGroup.RunLabel)}";
        foreach (var what in Tell(change))
            Add(about, what);
    }

    private static IEnumerable<string> Tell(Change change) => change switch
    {
        { Object.Kind: V1Pod.KubeKind or Corev1Event.KubeKind or PatchPlan.KindName } => [],
        { Object.Kind: V1Job.KubeKind } => OfJob(change),
        { After: { Kind: PatchRecord.KindName } after } => [OfRecord(change.Before?.As<PatchRecord>().Spec, after.As<PatchRecord>().Spec)],
        { Before: null } => ["made"],
        { After: null } => ["gone"],
        { After.Deleting: true, Before.Deleting: false } => ["is to go"],
        { Before: { Kind: V1Node.KubeKind } before, After: { } after } => OfNode(before.As<NodeResource>(), after.As<NodeResource>()),
        { Before: { Kind: NodePatch.KindName } before, After: { } after } => OfNodePatch(before.As<NodePatch>(), after.As<NodePatch>()),
        { Before: { Kind: PatchRun.KindName } before, After: { } after } => OfRun(before.As<PatchRun>(), after.As<PatchRun>()),
        { Before: { Kind: PatchPolicy.KindName } before, After: { } after } => OfConditions(before.As<PatchPolicy>().Status.Conditions, after.As<PatchPolicy>().Status.Conditions),
        { Before: { Kind: PatchWindow.KindName } before, After: { } after } => OfConditions(before.As<PatchWindow>().Status.Conditions, after.As<PatchWindow>().Status.Conditions),
        { Before: { Kind: ImageBaseline.KindName } before, After: { } after } => OfConditions(before.As<ImageBaseline>().Status.Conditions, after.As<ImageBaseline>().Status.Conditions),
        _ => [],
    };

    private static IEnumerable<string> OfJob(Change change)
    {
        var step = change.Object.Label(ApiGroup.HookLabel) ?? change.Object.Label(ApiGroup.StepLabel);
        var (before, after) = (End(change.Before), End(change.After));
        if (change.Before is null)
            yield return $"Job {step} made";
        else if (change.After is null && before is null)
            yield return $"Job {step} deleted in mid-work";
        else if (before is null && after is not null)
            yield return $"Job {step} ended: {after}";
    }

    private static string? End(StoredObject? job) => (string?)job?.Json["status"]?["conditions"]?[0]?["type"];

    private static IEnumerable<string> OfNode(NodeResource before, NodeResource after)
    {
        if (before.Spec?.Unschedulable != after.Spec?.Unschedulable)
            yield return after.Spec?.Unschedulable == true ? "cordoned" : "uncordoned";
        if (IsTainted(before) != IsTainted(after))
            yield return IsTainted(after) ? "tainted as one that comes next" : "not tainted any more";
        if (IsUnpatched(before) != IsUnpatched(after))
            yield return IsUnpatched(after) ? "tainted as unpatched" : "not tainted as unpatched any more";
        if (before.Status?.NodeInfo?.BootID != after.Status?.NodeInfo?.BootID)
            yield return $"Ready, {after.Status?.NodeInfo?.BootID}";
        else if (IsReady(before) != IsReady(after))
            yield return IsReady(after) ? "Ready" : "not Ready";
    }

    private static bool IsTainted(NodeResource node) => node.Spec?.Taints?.Any(taint => taint.Key == ApiGroup.PatchingTaint) == true;

    private static bool IsUnpatched(NodeResource node) => node.Spec?.Taints?.Any(taint => taint.Key == ApiGroup.UnpatchedTaint) == true;

    private static bool IsReady(NodeResource node) => node.Status!.Conditions![0].Status == "True";

    private static IEnumerable<string> OfNodePatch(NodePatch before, NodePatch after)
    {
        var (was, now) = (before.Status, after.Status);
        if (before.Spec.Operation?.RunUid != after.Spec.Operation?.RunUid)
            yield return after.Spec.Operation switch
            {
                { Undoes: { } undone } operation => $"asked by {operation.Run} to take back {undone.Name}",
                { } operation => $"asked by {operation.Run} for {string.Join(", ", operation.Updates.Select(update => update.Name))}",
                null => "asked for nothing any more",
            };
        if (was.Phase != now.Phase)
            yield return $"{was.Phase} -> {now.Phase}";
        if (now.Refused is { } refused && was.Refused is null)
            yield return $"refused: {refused.Message}";
        if (now.LastOperation is { FinishedAt: not null } done && (was.LastOperation?.RunUid != done.RunUid || was.LastOperation?.FinishedAt is null))
            yield return $"{done.Result}{(done.Step is { } step ? $" in {step}, {done.Reason}" : "")}: {done.Message}";
        foreach (var line in OfConditions(was.Conditions, now.Conditions))
            yield return line;
    }

    private static string OfRecord(PatchRecordSpec? was, PatchRecordSpec now) =>
        $"{string.Join(", ", now.Nodes.Skip(was?.Nodes.Count ?? 0).Select(node => $"{node.Name} {node.Result}").Append(now.Complete ? "complete" : "to be continued"))}";

    private static IEnumerable<string> OfRun(PatchRun before, PatchRun after) => OfPeople(before.Spec, after.Spec).Concat(OfRun(before.Status, after.Status));

    private static IEnumerable<string> OfPeople(PatchRunSpec was, PatchRunSpec now)
    {
        if (was.Paused != now.Paused)
            yield return now.Paused ? "is paused by a person" : "is let go on by a person";
        if (was.Cancelled != now.Cancelled)
            yield return "is cancelled by a person";
        foreach (var approval in now.Approvals.Skip(was.Approvals.Count))
            yield return $"{approval.By} approves {(approval.Wave is { } wave ? $"wave {wave} of " : "")}plan {approval.Digest}";
    }

    private static IEnumerable<string> OfRun(PatchRunStatus was, PatchRunStatus now)
    {
        // Phases have a line of their own.
        foreach (var entry in now.Timeline.Except(was.Timeline).Where(entry => !entry.Event.StartsWith($"{now.Phase}: ", StringComparison.Ordinal)))
            yield return entry.Event;
        if (was.Phase != now.Phase)
            yield return $"{(was.Phase is { } phase ? $"{phase} -> " : "")}{now.Phase}: {now.Message}";
        foreach (var line in OfConditions(was.Conditions, now.Conditions))
            yield return line;
    }

    // Those that say the same are one line.
    private static IEnumerable<string> OfConditions(List<Condition> was, List<Condition> now) => now
        .Where(condition => was.All(other => (other.Type, other.Status, other.Reason) != (condition.Type, condition.Status, condition.Reason)))
        .GroupBy(condition => (condition.Reason, condition.Message))
        .Select(same => $"{string.Join(", ", same.Select(condition => $"{condition.Type}={condition.Status}"))}, {same.Key.Reason}: {same.Key.Message}");
}
