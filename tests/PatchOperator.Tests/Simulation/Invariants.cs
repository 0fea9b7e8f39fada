using k8s.Models;
using PatchOperator.Api;
using PatchOperator.Caches;
using PatchOperator.Engine;
using PatchOperator.Engine.Calendars;
using PatchOperator.Engine.Compliances;
using PatchOperator.Jobs;
using PatchOperator.Resources;

namespace PatchOperator.Tests.Simulation;

/// <summary>What must hold after every call to the API, judged by what is true rather than by what anybody knows.</summary>
internal sealed class Invariants
{
    private readonly ObjectStore store;
    private readonly SimulatedNodes nodes;
    private readonly WindowCalendar calendar;
    private readonly TimeProvider time;
    private readonly int maxScans;
    private readonly HashSet<string> jobsMade = [];

    public Invariants(ObjectStore store, SimulatedNodes nodes, WindowCalendar calendar, TimeProvider time, int maxScans)
    {
        (this.store, this.nodes, this.calendar, this.time, this.maxScans) = (store, nodes, calendar, time, maxScans);
        store.Changed += Check;
    }

    /// <summary>What was broken, in words.</summary>
    public List<string> Broken { get; } = [];

    private void Check(Change change)
    {
        Func<Change, string?>[] rules = change.Object.Kind switch
        {
            NodePatch.KindName => [BudgetsAreKept, NothingIsAdmittedOutsideAWindow, SuccessIsTrue],
            V1Node.KubeKind => [OnlyOurCordonsAreUndone, AnAdministratorsCordonStays],
            V1Job.KubeKind => [ANodeHasOneUnfinishedJob, NoJobIsMadeTwice, ScansStayWithinTheirBudget],
            PatchRun.KindName => [AFinishedRunStaysAsItIs],
            _ => [],
        };
        foreach (var rule in rules)
            if (rule(change) is { } broken)
                Broken.Add($"{rule.Method.Name}: {broken}");
    }

    private string? BudgetsAreKept(Change change)
    {
        if (Admitted(change) is not { Spec.Operation: { } operation })
            return null;
        var all = store.All<NodeResource>().Select(node => Projections.Node(node)).ToList();
        var budget = Shares.Budget(operation.Settings.Rollout.MaxUnavailable, all.Count);
        // The NodePatch of a node that is gone outlives it by a moment, and holds nothing.
        var holding = store.All<NodePatch>()
            .Where(patch => Slots.IsHeld(patch.Spec, patch.Status))
            .Select(patch => patch.Metadata.Name)
            .Intersect(all.Select(node => node.Name))
            .ToHashSet();
        var unavailable = all.Count(node => !node.Available || holding.Contains(node.Name));
        var cost = all.First(node => node.Name == change.Object.Name).Available;
        return holding.Count > budget ? $"{holding.Count} nodes have their turn, {budget} may"
            : cost && unavailable > budget ? $"{unavailable} nodes are unavailable, {budget} may be" : null;
    }

    private string? NothingIsAdmittedOutsideAWindow(Change change) =>
        Admitted(change) is not null && !calendar.At(time.GetUtcNow()).AcceptsNodes ? $"{change.Object.Name} was admitted" : null;

    private string? SuccessIsTrue(Change change)
    {
        if (change is not { Before: { } before, After: { } after } || after.As<NodePatch>().Status.LastOperation is not { Result: OperationResult.Succeeded } last
            || before.As<NodePatch>().Status.LastOperation is { Result: OperationResult.Succeeded } old && old.RunUid == last.RunUid)
            return null;
        return nodes[after.Name] is not { } node || node is { Patched: true, RebootDue: false, Up: true } && node.VerifiedIn == node.Boots ? null
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
        if (change is not { Before: null, After: { } made } || Looks(made))
            return null;
        var unfinished = store.All(made.Kind)
            .Where(job => job.Annotation(JobAnnotations.Node) == made.Annotation(JobAnnotations.Node) && !Finished(job))
            .ToList();
        return unfinished.Count > 1 ? string.Join(", ", unfinished.Select(job => job.Name)) : null;
    }

    private static bool Looks(StoredObject job) => job.Label(ApiGroup.StepLabel) is "scan" or "verify";

    private string? NoJobIsMadeTwice(Change change) => change is { Before: null, After: { } made } && !jobsMade.Add(made.Name) ? made.Name : null;

    private string? ScansStayWithinTheirBudget(Change change)
    {
        if (change is not { Before: null, After: { } made } || made.Label(ApiGroup.StepLabel) != "scan")
            return null;
        var scans = store.All(made.Kind).Count(job => job.Label(ApiGroup.StepLabel) == "scan" && !Finished(job));
        return scans > maxScans ? $"{scans} scans at once, {maxScans} may be" : null;
    }

    private static string? AFinishedRunStaysAsItIs(Change change)
    {
        if (change is not { Before: { } before, After: { } after } || !RunPhases.IsTerminal(before.As<PatchRun>().Status.Phase))
            return null;
        var (was, now) = (before.As<PatchRun>().Status, after.As<PatchRun>().Status);
        return k8s.KubernetesJson.Serialize(was) == k8s.KubernetesJson.Serialize(now with { Baselines = was.Baselines }) ? null : $"{after.Name} was {was.Phase}, is {now.Phase}";
    }

    private static NodePatch? Admitted(Change change) =>
        change.After?.As<NodePatch>() is { Spec.Operation: { } asked } after && change.Before?.As<NodePatch>().Spec.Operation?.RunUid != asked.RunUid ? after : null;

    private static bool Cordoned(StoredObject node) => (bool?)node.Json["spec"]?["unschedulable"] == true;

    private static bool Finished(StoredObject job) => job.Json["status"]?["conditions"] is not null;
}
