using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using k8s.Models;
using PatchOperator.Api;
using PatchOperator.Caches;
using PatchOperator.Engine;
using PatchOperator.Engine.Compliances;
using PatchOperator.Engine.World;
using PatchOperator.Jobs;
using PatchOperator.Resources;

namespace PatchOperator.Tests.Simulation;

/// <summary>What must hold after every call to the API, judged by what is true rather than by what anybody knows.</summary>
internal sealed class Invariants
{
    // Of a step of a turn, a first and two more.
    private const int MaxAttempts = 3;

    private static readonly ConditionalWeakTable<NodeResource, NodeFacts> Known = [];

    private readonly ObjectStore store;
    private readonly SimulatedNodes nodes;
    private readonly SimulatedRegistry registry;
    private readonly WindowInvariants windows;
    private readonly TimeProvider time;
    private readonly OperatorOptions options;
    private readonly Dictionary<string, string?> jobsMade = [];
    private readonly Dictionary<string, StoredObject> unfinished = [];
    private readonly Dictionary<(string? Node, string? Turn, string? Step), int> attempts = [];
    private readonly RecordInvariants records;
    private readonly RunInvariants runs;
    private readonly HookInvariants hooks;
    private readonly QuarantineInvariants quarantines;
    private readonly HashSet<string> runsMade = [];
    private readonly HashSet<(string RunUid, string Node)> asked = [];

    public Invariants(ObjectStore store, SimulatedNodes nodes, SimulatedRegistry registry, SimulatedHealth health, SimulatedHooks itsHooks, TimeProvider time, OperatorOptions options)
    {
        (this.store, this.nodes, this.registry, this.time, this.options) = (store, nodes, registry, time, options);
        windows = new WindowInvariants(store, time);
        records = new RecordInvariants(store);
        runs = new RunInvariants(store, nodes, health, time);
        hooks = new HookInvariants(store, itsHooks);
        quarantines = new QuarantineInvariants(store, nodes);
        store.Changed += Check;
        nodes.PodDeleted += node => Broken.AddRange(BudgetsAreBypassedByForceAlone(node) is { } broken ? [$"{nameof(BudgetsAreBypassedByForceAlone)}: {broken}"] : []);
    }

    /// <summary>What was broken, in words.</summary>
    public List<string> Broken { get; } = [];

    private void Check(Change change)
    {
        if (change is { Before: null, After: { Kind: PatchRun.KindName } run })
            runsMade.Add(run.Name);
        if (change.Object.Kind == V1Job.KubeKind && (change.After is not { } job || Finished(job)))
            unfinished.Remove(change.Object.Name);
        else if (change.Object.Kind == V1Job.KubeKind)
            unfinished[change.Object.Name] = change.After!;
        if (change is { Object.Kind: NodePatch.KindName } && Admitted(change) is { } admitted)
            asked.Add((admitted.Spec.Operation!.RunUid, change.Object.Name));
        if (change is { Object.Kind: NodePatch.KindName })
            records.Follow(change);
        // Nobody knows any more what was done on the node before: it is scanned for the first time again.
        if (change is { Object.Kind: NodePatch.KindName, After: null })
            foreach (var forgotten in jobsMade.Where(made => made.Value == change.Object.Name).ToList())
                jobsMade.Remove(forgotten.Key);
        Func<Change, string?>[] rules = change.Object.Kind switch
        {
            NodePatch.KindName =>
            [
                hooks.NothingIsAdmittedBeforeTheRunsHook, hooks.ATurnThatWentWellHadItsHooks,
                BudgetsAreKept, windows.NothingIsAdmittedOutsideAWindow, .. runs.Admissions, SuccessIsTrue, AJobThatIsTrackedWasMade, AStepUnderWayHasItsNodeCordoned, AStepThatIsOverHasHappened,
                quarantines.AQuarantineEndsByWhatWasSeenSince,
            ],
            V1Node.KubeKind =>
            [
                OnlyOurCordonsAreUndone, AnAdministratorsCordonStays, hooks.NoNodeIsCordonedBeforeItsHook, quarantines.ATaintGoesOnceItsNodeIsReleased,
            ],
            V1Job.KubeKind => [ANodeHasOneUnfinishedJob, NoJobIsMadeTwice, NoStepIsTriedTooOften, ScansStayWithinTheirBudget],
            PatchRun.KindName => [AFinishedRunStaysAsItIs, ARunCountsWhomItHasAsked, hooks.ARunIsOverAfterItsHook, RunInvariants.WhatIsFrozenStays, .. records.OfRun],
            PatchPlan.KindName => [RunInvariants.APlanNeverChanges],
            PatchRecord.KindName => [.. records.OfRecord],
            PatchPolicy.KindName => [APolicyNamesARunThatWasMade],
            ImageBaseline.KindName => [APromotedImageIsThere],
            _ => [],
        };
        if (change.Object.Kind is not (V1Node.KubeKind or V1Job.KubeKind or V1Pod.KubeKind))
            rules = [.. rules, ATextOfAStatusIsNeverEmpty];
        foreach (var rule in rules)
            if (rule(change) is { } broken)
                Broken.Add($"{rule.Method.Name}: {broken}");
    }

    // Of what was asked of the node: the policy may say something else by now.
    private string? BudgetsAreBypassedByForceAlone(SimulatedNode node) =>
        store.Find<NodePatch>(node.Name) is { Spec.Operation.Settings.Drain: { OnTimeout: DrainTimeoutAction.Force } drain, Status: { Phase: NodePhase.Draining, PhaseSince: { } since } }
        && time.GetUtcNow() >= since + Durations.Parse(drain.Timeout) ? null : $"a pod of {node.Name} was deleted";

    private string? BudgetsAreKept(Change change)
    {
        if (Admitted(change) is not { Spec.Operation: { } operation })
            return null;
        var all = store.All<NodeResource>().Select(Facts).ToList();
        var budget = Math.Min(Shares.Budget(operation.Settings.Rollout.MaxUnavailable, all.Count), Shares.Budget(options.MaxUnavailable, all.Count));
        // The NodePatch of a node that is gone outlives it by a moment, and holds nothing.
        var holding = store.All<NodePatch>()
            .Where(patch => Slots.IsHeld(patch.Spec, patch.Status) && all.Any(node => node.Uid == patch.Metadata.OwnerReferences[0].Uid))
            .Select(patch => patch.Metadata.Name)
            .ToHashSet();
        var unavailable = all.Count(node => !node.Available || holding.Contains(node.Name));
        var cost = all.First(node => node.Name == change.Object.Name).Available;
        return holding.Count > budget ? $"{holding.Count} nodes have their turn, {budget} may"
            : cost && unavailable > budget ? $"{unavailable} nodes are unavailable, {budget} may be" : null;
    }

    private string? SuccessIsTrue(Change change)
    {
        if (change is not { Before: { } before, After: { } after } || after.As<NodePatch>().Status.LastOperation is not { Result: OperationResult.Succeeded } last
            || before.As<NodePatch>().Status.LastOperation is { Result: OperationResult.Succeeded } old && old.RunUid == last.RunUid)
            return null;
        var undoes = last.RunUid == after.As<NodePatch>().Spec.Operation?.RunUid && after.As<NodePatch>().Spec.Operation!.Undoes is not null;
        return nodes[after.Name] is not { } node
            || node is { RebootDue: false, Up: true } && node.Patched == !undoes && (undoes || node.VerifiedIn == node.Boots) ? null
            : $"{node.Name}: patched {node.Patched}, reboot due {node.RebootDue}, up {node.Up}, verified in boot {node.VerifiedIn} of {node.Boots}";
    }

    private static string? OnlyOurCordonsAreUndone(Change change) =>
        change is { Before: { } before, After: { } after } && Cordoned(before) && !Cordoned(after) && before.Annotation(ApiGroup.CordonedByAnnotation) is null
            ? $"{after.Name} was uncordoned" : null;

    private string? AnAdministratorsCordonStays(Change change) =>
        change.After is { } after && nodes[after.Name] is { AdministratorCordoned: true } && !Cordoned(after) ? $"{after.Name} was uncordoned" : null;

    private string? ANodeHasOneUnfinishedJob(Change change)
    {
        // Of two leaders that overlap one may not have heard yet that the node has booted: then it is looked into twice, which does no harm.
        if (change is not { Before: null, After: { } made } || Looks(made) || made.Annotation(JobAnnotations.Node) is null)
            return null;
        var ofNode = unfinished.Values.Where(job => job.Annotation(JobAnnotations.Node) == made.Annotation(JobAnnotations.Node)).ToList();
        return ofNode.Count > 1 ? string.Join(", ", ofNode.Select(job => job.Name)) : null;
    }

    private static bool Looks(StoredObject job) => job.Label(ApiGroup.StepLabel) is "scan" or "verify" or "check";

    // A check may be asked once more.
    private string? NoJobIsMadeTwice(Change change) =>
        change is { Before: null, After: { } made } && made.Label(ApiGroup.StepLabel) != "check" && !jobsMade.TryAdd(made.Name, made.Annotation(JobAnnotations.Node)) ? made.Name : null;

    // By what it is for, whatever its name.
    private string? NoStepIsTriedTooOften(Change change)
    {
        if (change is not { Before: null, After: { } made } || made.Label(ApiGroup.RunLabel) is not { } turn || made.Label(ApiGroup.StepLabel) == "check")
            return null;
        var identity = (made.Annotation(JobAnnotations.Node), turn, made.Label(ApiGroup.HookLabel) ?? made.Label(ApiGroup.StepLabel));
        return (attempts[identity] = attempts.GetValueOrDefault(identity) + 1) > MaxAttempts ? $"{identity}" : null;
    }

    // A status is never ahead of what it tells of: whoever reads it after a crash must be able to rely on it.
    private string? AJobThatIsTrackedWasMade(Change change) =>
        change.After?.As<NodePatch>().Status.Job is { } job && !jobsMade.ContainsKey(job) ? $"{change.Object.Name} waits for {job}" : null;

    private string? AStepUnderWayHasItsNodeCordoned(Change change) =>
        change is { Before: { } before, After: { } after } && after.As<NodePatch>().Status is var now && now.Phase != before.As<NodePatch>().Status.Phase
        && now.Phase is NodePhase.Draining or NodePhase.Patching or NodePhase.Rebooting or NodePhase.Verifying or NodePhase.RollingBack
        && store.Find(V1Node.KubeKind, after.Name) is { } node && !Cordoned(node) ? $"{after.Name} is {now.Phase}" : null;

    private string? AStepThatIsOverHasHappened(Change change)
    {
        if (change is not { Before: { } before, After: { } after } || nodes[after.Name] is not { } node
            || (before.As<NodePatch>().Status, after.As<NodePatch>().Status) is not (var was, { LastOperation: { Result: OperationResult.InProgress } turn }))
            return null;
        var known = was.LastOperation?.RunUid == turn.RunUid ? was.LastOperation : new OperationRecord();
        return turn.DrainedAt is not null && turn.DrainedAt != known.DrainedAt && node.Pods.FirstOrDefault(pod => !pod.OfDaemonSet) is { } pod ? $"{node.Name} counts as drained, and has {pod.Name}"
            : turn.PatchedAt != known.PatchedAt && node.Patched == after.As<NodePatch>().Spec.Operation?.Undoes is not null ? $"{node.Name} counts as patched"
            : turn.RebootedAt is not null && turn.RebootedAt != known.RebootedAt && was.BootIdBefore == SimulatedNodes.BootId(node) ? $"{node.Name} counts as rebooted" : null;
    }

    private string? ARunCountsWhomItHasAsked(Change change)
    {
        if (change.After?.As<PatchRun>() is not { Status.Progress: { } progress } run)
            return null;
        var (counted, all) = (progress.InProgress + progress.Succeeded + progress.Failed, asked.Count(turn => turn.RunUid == run.Metadata.Uid));
        return counted > all ? $"{run.Metadata.Name} counts {counted}, and has asked {all}" : null;
    }

    private string? APolicyNamesARunThatWasMade(Change change) =>
        change.After?.As<PatchPolicy>().Status is { } status && new[] { status.CurrentRun, status.LastRun?.Name }.FirstOrDefault(run => run is not null && !runsMade.Contains(run)) is { } named
            ? $"{change.Object.Name} names {named}" : null;

    private string? APromotedImageIsThere(Change change) =>
        change.After?.As<ImageBaseline>().Status.Current is { } current && !registry.Stored.Contains(current.Digest) ? $"{change.Object.Name} has promoted {current.Digest}" : null;

    private string? ScansStayWithinTheirBudget(Change change)
    {
        if (change is not { Before: null, After: { } made } || made.Label(ApiGroup.StepLabel) != "scan")
            return null;
        var scans = unfinished.Values.Count(job => job.Label(ApiGroup.StepLabel) == "scan");
        return scans > options.MaxScans ? $"{scans} scans at once, {options.MaxScans} may be" : null;
    }

    private static string? AFinishedRunStaysAsItIs(Change change)
    {
        if (change is not { Before: { } before, After: { } after } || !RunPhases.IsTerminal(before.As<PatchRun>().Status.Phase))
            return null;
        var (was, now) = (before.As<PatchRun>().Status, after.As<PatchRun>().Status);
        var same = now with { Baselines = was.Baselines, ObservedGeneration = was.ObservedGeneration };
        return k8s.KubernetesJson.Serialize(was) == k8s.KubernetesJson.Serialize(same) ? null : $"{after.Name} was {was.Phase}, is {now.Phase}";
    }

    // API servers built with Go 1.19 (Kubernetes 1.20 of Debian 12) take an empty text for null, and refuse the whole status.
    private static string? ATextOfAStatusIsNeverEmpty(Change change) =>
        EmptyText(change.After?.Json["status"]) is { } path ? $"{change.Object.Kind} {change.Object.Name}: {path} is empty" : null;

    private static string? EmptyText(JsonNode? node) => node switch
    {
        JsonObject members => members.Select(member => EmptyText(member.Value)).FirstOrDefault(path => path is not null),
        JsonArray items => items.Select(EmptyText).FirstOrDefault(path => path is not null),
        JsonValue value when value.GetValueKind() == JsonValueKind.String && value.GetValue<string>().Length == 0 => value.GetPath(),
        _ => null,
    };

    /// <summary>What a node says of itself, read once for each version of it.</summary>
    internal static NodeFacts Facts(NodeResource node) => Known.GetValue(node, node => Projections.Node(node));

    internal static NodePatch? Admitted(Change change) =>
        change.After?.As<NodePatch>() is { Spec.Operation: { } asked } after && change.Before?.As<NodePatch>().Spec.Operation?.RunUid != asked.RunUid ? after : null;

    private static bool Cordoned(StoredObject node) => (bool?)node.Json["spec"]?["unschedulable"] == true;

    private static bool Finished(StoredObject job) => job.Json["status"]?["conditions"] is not null;
}
