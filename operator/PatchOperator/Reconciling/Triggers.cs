using k8s.Models;
using PatchOperator.Api;
using PatchOperator.Caches;
using PatchOperator.Engine;
using PatchOperator.Engine.Compliances;
using PatchOperator.Engine.World;
using PatchOperator.Queues;

namespace PatchOperator.Reconciling;

/// <summary>Which objects are looked at again when another changes. Losing a wish delays a decision, it never changes one.</summary>
/// <param name="scans">How many nodes are scanned at once: whoever is done makes room for the next.</param>
/// <param name="maxUnavailable">How many nodes of the cluster may be unavailable at once: where it binds, each node that is back matters to every run.</param>
internal sealed class Triggers(ScanBudget scans, IntOrString maxUnavailable)
{
    // Many nodes change together; a policy's status is written once for all of them.
    private static readonly TimeSpan PolicyCoalesce = TimeSpan.FromSeconds(2);
    private static readonly Dictionary<string, string> Empty = [];
    private static readonly TimeSpan RunCoalesce = TimeSpan.FromMilliseconds(100);

    /// <summary>Everything there is, as a new leader looks at it.</summary>
    public static IEnumerable<Wish> Everything(Snapshot snapshot) =>
    [
        .. snapshot.NodePatches.All.Select(patch => Node(patch)),
        .. snapshot.Runs.All.Select(run => Run(run.Metadata.Name)),
        .. snapshot.Policies.All.Select(entry => Policy(entry.Policy.Metadata.Name, TimeSpan.Zero)),
        .. snapshot.Windows.All.Select(entry => Window(entry.Window.Metadata.Name)),
        .. snapshot.Baselines.All.Select(entry => Baseline(entry.Baseline)),
    ];

    /// <summary>What a change makes worth looking at.</summary>
    public IEnumerable<Wish> For(WorldChange change, DateTimeOffset now) => change.Kind switch
    {
        V1Node.KubeKind => OfNode(change),
        NodePatch.KindName => OfNodePatch(change, now),
        PatchPolicy.KindName => OfPolicy(change),
        PatchWindow.KindName => OfWindow(change),
        PatchRun.KindName => OfRun(change),
        PatchPlan.KindName => change.After.Plans[change.Name]?.Plan is { } plan ? Runs(change.After, plan.Spec.Policy.Name) : [],
        PatchRecord.KindName => OfRecord(change),
        ImageBaseline.KindName => OfBaseline(change),
        V1Job.KubeKind => OfWork(
            change, (change.After.Jobs[change.Name] ?? change.Before.Jobs[change.Name]) is { } job ? (job.Node, job.Baseline, job.Run) : default),
        V1Pod.KubeKind => OfWork(
            change, (change.After.Pods[change.Name] ?? change.Before.Pods[change.Name]) is { } pod ? (pod.Node, pod.Baseline, pod.Run) : default),
        _ => [],
    };

    private IEnumerable<Wish> OfNode(WorldChange change)
    {
        foreach (var wish in Nodes(change.After, change.Name).Concat(PoliciesOf(change))
            .Concat(change.After.Fleet[change.Name]?.Policy is { } policy ? Runs(change.After, policy.Name) : []))
            yield return wish;
        foreach (var wish in RunsOfAll(change))
            yield return wish;
        foreach (var baseline in change.After.Baselines.All.Where(entry => entry.Baseline.Spec.Nodes is not null))
            yield return Baseline(baseline.Baseline, PolicyCoalesce);
        foreach (var wish in WindowsOf(change))
            yield return wish;
    }

    // They count the nodes of their policies by time zone: only a node that comes, goes or moves is news to them.
    private static IEnumerable<Wish> WindowsOf(WorldChange change)
    {
        var (before, after) = (change.Before.Fleet[change.Name], change.After.Fleet[change.Name]);
        return (before?.Policy?.Name, before?.Node.Place) == (after?.Policy?.Name, after?.Node.Place)
            ? []
            : change.After.Windows.All
                .Where(
                    entry => entry.IsBlackout || before?.Policy?.Spec.Windows.Contains(entry.Window.Metadata.Name) == true
                        || after?.Policy?.Spec.Windows.Contains(entry.Window.Metadata.Name) == true)
                .Select(entry => Window(entry.Window.Metadata.Name, PolicyCoalesce));
    }

    private IEnumerable<Wish> OfNodePatch(WorldChange change, DateTimeOffset now)
    {
        var (before, after) = (change.Before.NodePatches[change.Name], change.After.NodePatches[change.Name]);
        foreach (var wish in Nodes(change.After, change.Name).Concat(PoliciesOf(change)))
            yield return wish;
        // A run looks at who is in flight, not at how far each has come.
        if (before?.Spec.Operation?.RunUid != after?.Spec.Operation?.RunUid || Turn(before) != Turn(after) || before?.Status.LastScan != after?.Status.LastScan
            || before?.Status.Blocked != after?.Status.Blocked)
            foreach (var run in RunsOf(before).Concat(RunsOf(after)).OfType<string>().Distinct())
                yield return Run(run);
        // What the policy would plan may be something else now, and nobody has approved the plan yet.
        if (before?.Status.LastScan != after?.Status.LastScan && change.After.Fleet[change.Name]?.Policy is { } owner)
            foreach (var run in change.After.Runs.By(owner.Name).Where(run => run.Status.Phase == RunPhase.PendingApproval))
                yield return Run(run.Metadata.Name);
        // Known at last, it may be admitted.
        if (before?.Status.LastScan is null && after?.Status.LastScan is not null && change.After.Fleet[change.Name]?.Policy is { } policy)
            foreach (var wish in Runs(change.After, policy.Name))
                yield return wish;
        if (Turn(before) != Turn(after))
            foreach (var wish in RunsOfAll(change))
                yield return wish;
        if (before?.Status.Job is not null && after?.Status.Job is null)
            foreach (var next in change.After.Fleet.ScanQueue.Take(scans.Free(change.After.Fleet)).Where(turn => turn.DueAt <= now))
                yield return new Wish(new ObjectKey(NodePatch.KindName, next.Node));
    }

    // The one that asks, and the one whose turn is under way: it may have been withdrawn.
    private static IEnumerable<string?> RunsOf(NodePatch? patch) => [patch?.Spec.Operation?.Run, patch?.Status.LastOperation?.Run];

    private static (string?, OperationResult?) Turn(NodePatch? patch) => (patch?.Status.LastOperation?.RunUid, patch?.Status.LastOperation?.Result);

    private IEnumerable<Wish> RunsOfAll(WorldChange change)
    {
        var fleet = change.After.Fleet;
        // So it does to the nodes of the control plane, of which one at a time has its turn.
        return fleet[change.Name]?.Node.IsControlPlane == true
            || (change.Before.Fleet.Unavailable > fleet.Unavailable && Shares.Budget(maxUnavailable, fleet.Count) < fleet.Count)
            ? change.After.Policies.All.SelectMany(entry => Runs(change.After, entry.Policy.Metadata.Name))
            : [];
    }

    private static IEnumerable<Wish> OfPolicy(WorldChange change)
    {
        var (before, after) = (change.Before.Policies[change.Name]?.Terms, change.After.Policies[change.Name]?.Terms);
        if (before == after)
            return SameLabels(change.Before.Policies[change.Name]?.Policy, change.After.Policies[change.Name]?.Policy)
                ? change.After.Policies[change.Name]?.Policy is { } policy && !SameQuestion(change.Before.Policies[change.Name]?.Policy, policy)
                    ? [Policy(change.Name, TimeSpan.Zero)]
                    : []
                : [Policy(change.Name, TimeSpan.Zero), .. Runs(change.After, change.Name), .. Windows(change.After)];
        var members = change.Before.Fleet.Of(change.Name).Members.Values.Concat(change.After.Fleet.Of(change.Name).Members.Values);
        return
        [
            // The nodes of one policy may belong to another now.
            .. change.After.Policies.All.Select(
                entry => Policy(entry.Policy.Metadata.Name, entry.Policy.Metadata.Name == change.Name ? TimeSpan.Zero : PolicyCoalesce)),
            .. Runs(change.After, change.Name),
            .. Windows(change.After),
            .. members.Select(view => view.Patch).OfType<NodePatch>().Select(patch => Node(patch)),
        ];
    }

    private static IEnumerable<Wish> OfWindow(WorldChange change)
    {
        var (before, after) = (change.Before.Windows[change.Name], change.After.Windows[change.Name]);
        if (before is not null && after?.SameSpec(before) == true)
            return [];
        // A Blackout concerns policies and windows that do not name it.
        var isBlackout = before?.IsBlackout == true || after?.IsBlackout == true;
        var policies = change.After.Policies.All
            .Where(entry => isBlackout || entry.Policy.Spec.Windows.Contains(change.Name))
            .Select(entry => entry.Policy.Metadata.Name)
            .ToList();
        return
        [
            .. isBlackout ? change.After.Windows.All.Select(entry => Window(entry.Window.Metadata.Name)) : [],
            Window(change.Name),
            .. policies.Select(name => Policy(name, TimeSpan.Zero)),
            .. policies.SelectMany(name => Runs(change.After, name)),
            .. change.After.Baselines.All.Where(entry => entry.Baseline.Spec.Triggers.Windows.Contains(change.Name)).Select(entry => Baseline(entry.Baseline)),
        ];
    }

    private static IEnumerable<Wish> OfRun(WorldChange change)
    {
        var (before, after) = (change.Before.Runs[change.Name], change.After.Runs[change.Name]);
        var run = (after ?? before)!;
        yield return Policy(run.Spec.Policy.Name, before?.Status.Phase == after?.Status.Phase ? PolicyCoalesce : TimeSpan.Zero);
        if (after is not null && !SameQuestion(before, after))
            yield return Run(change.Name);
        // The others wait for it.
        if (run.Spec.Trigger is RunTrigger.Emergency or RunTrigger.Rollback
            && (before?.Status.Phase, before?.Status.Progress) != (after?.Status.Phase, after?.Status.Progress))
            foreach (var wish in Runs(change.After, run.Spec.Policy.Name).Where(wish => wish.Key.Name != change.Name))
                yield return wish;
        if (before?.Status.Phase != after?.Status.Phase)
            foreach (var entry in change.After.Baselines.All.Where(entry => entry.Baseline.Spec.Triggers.OnPolicies.Contains(run.Spec.Policy.Name)))
                yield return Baseline(entry.Baseline);
        if (after is null or { Metadata.DeletionTimestamp: not null })
            foreach (var view in change.After.Fleet.Of(run.Spec.Policy.Name).Members.Values)
                if (view.Patch is { } patch && patch.Spec.Operation?.RunUid == run.Metadata.Uid)
                    yield return Node(patch);
    }

    // Its run; and those that wait for a node until its turn in this one is recorded.
    private static IEnumerable<Wish> OfRecord(WorldChange change)
    {
        var (before, after) = (change.Before.Records[change.Name], change.After.Records[change.Name]);
        var run = change.After.Runs[(after ?? before)!.Run];
        if (run is null)
            yield break;
        yield return Run(run.Metadata.Name);
        var added = after?.Nodes.Except(before?.Nodes ?? []).Select(node => change.After.Fleet[node.Name]?.Policy?.Name) ?? [];
        foreach (var wish in added.OfType<string>().Distinct().Where(policy => policy != run.Spec.Policy.Name).SelectMany(policy => Runs(change.After, policy)))
            yield return wish;
    }

    // A run's record says what images have of it, and is closed once they have it all.
    private static IEnumerable<Wish> OfBaseline(WorldChange change)
    {
        var (before, after) = (change.Before.Baselines[change.Name]?.Baseline, change.After.Baselines[change.Name]?.Baseline);
        if (after is not null && !SameQuestion(before, after))
            yield return Baseline(after);
        foreach (var run in (after ?? before)!.Spec.Triggers.OnPolicies.SelectMany(change.After.Runs.By))
            if (run.Status.Baselines.All(coverage => coverage.Name != change.Name || !coverage.UpToDate))
                yield return Run(run.Metadata.Name);
    }

    private static IEnumerable<Wish> OfWork(WorldChange change, (string? Node, string? Baseline, string? Run) owner)
    {
        if (owner.Node is { } node)
            foreach (var wish in Nodes(change.After, node))
                yield return wish;
        if (owner.Baseline is { } name && change.After.Baselines[name]?.Baseline is { } baseline)
            yield return Baseline(baseline);
        if (owner.Run is { } run && change.After.Runs[run] is not null)
            yield return Run(run);
    }

    // What a person can ask by: the spec, an annotation, a deletion. Our own status is no news to us.
    private static bool SameQuestion<TEntity>(TEntity? before, TEntity after)
        where TEntity : class, k8s.IKubernetesObject<V1ObjectMeta> =>
        before is not null
        && before.Metadata.Generation == after.Metadata.Generation
        && before.Metadata.DeletionTimestamp == after.Metadata.DeletionTimestamp
        && (before.Metadata.Annotations ?? new Dictionary<string, string>()).SequenceEqual(after.Metadata.Annotations ?? new Dictionary<string, string>());

    // The policies that the node belonged and belongs to, and the one that looks after strays.
    private static IEnumerable<Wish> PoliciesOf(WorldChange change)
    {
        string?[] names =
        [
            change.Before.Fleet[change.Name]?.Policy?.Name,
            change.After.Fleet[change.Name]?.Policy?.Name,
            change.After.Fleet[change.Name]?.Policy is null
                ? change.After.Policies.All.Select(entry => entry.Policy.Metadata.Name).Order(StringComparer.Ordinal).FirstOrDefault()
                : null,
        ];
        return names.OfType<string>().Distinct().Select(name => Policy(name, PolicyCoalesce))
            .Concat(change.After.Policies.All.Where(entry => entry.Terms.Deleting).Select(entry => Policy(entry.Policy.Metadata.Name, TimeSpan.Zero)));
    }

    private static IEnumerable<Wish> Nodes(Snapshot snapshot, string name) => snapshot.NodePatches[name] is { } patch ? [Node(patch)] : [];

    private static IEnumerable<Wish> Runs(Snapshot snapshot, string policy) =>
        snapshot.Runs.By(policy).Where(run => !RunPhases.IsTerminal(run.Status.Phase)).Select(run => Run(run.Metadata.Name));

    private static Wish Node(NodePatch patch) => new(new ObjectKey(NodePatch.KindName, patch.Metadata.Name), Urgent: Slots.IsHeld(patch.Spec, patch.Status));

    private static Wish Run(string name) => new(new ObjectKey(PatchRun.KindName, name), RunCoalesce, Urgent: true);

    private static Wish Policy(string name, TimeSpan delay) => new(new ObjectKey(PatchPolicy.KindName, name), delay);

    private static IEnumerable<Wish> Windows(Snapshot snapshot) => snapshot.Windows.All.Select(entry => Window(entry.Window.Metadata.Name, PolicyCoalesce));

    private static Wish Window(string name, TimeSpan delay = default) => new(new ObjectKey(PatchWindow.KindName, name), delay);

    // A Blackout selects policies by their labels, which are no part of the generation.
    private static bool SameLabels(PatchPolicy? before, PatchPolicy? after) =>
        (before?.Metadata.Labels ?? Empty).OrderBy(label => label.Key, StringComparer.Ordinal)
            .SequenceEqual((after?.Metadata.Labels ?? Empty).OrderBy(label => label.Key, StringComparer.Ordinal));

    private static Wish Baseline(ImageBaseline baseline, TimeSpan delay = default) => new(new ObjectKey(ImageBaseline.KindName, baseline.Metadata.Name), delay);
}
