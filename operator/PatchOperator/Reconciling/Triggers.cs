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
    private static readonly TimeSpan RunCoalesce = TimeSpan.FromMilliseconds(100);

    /// <summary>Everything there is, as a new leader looks at it.</summary>
    public static IEnumerable<Wish> Everything(Snapshot snapshot) =>
    [
        .. snapshot.NodePatches.All.Select(patch => Node(patch)),
        .. snapshot.Runs.All.Select(run => Run(run.Metadata.Name)),
        .. snapshot.Policies.All.Select(entry => Policy(entry.Policy.Metadata.Name, TimeSpan.Zero)),
        .. snapshot.Windows.All.Select(entry => new Wish(new ObjectKey(PatchWindow.KindName, entry.Window.Metadata.Name))),
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
        PatchPlan.KindName => change.After.Plans[change.Name] is { } plan ? Runs(change.After, plan.Spec.Policy.Name) : [],
        ImageBaseline.KindName => OfBaseline(change),
        V1Job.KubeKind => OfWork(change, (change.After.Jobs[change.Name] ?? change.Before.Jobs[change.Name]) is { } job ? (job.Node, job.Baseline) : default),
        V1Pod.KubeKind => OfWork(change, (change.After.Pods[change.Name] ?? change.Before.Pods[change.Name]) is { } pod ? (pod.Node, pod.Baseline) : default),
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
    }

    private IEnumerable<Wish> OfNodePatch(WorldChange change, DateTimeOffset now)
    {
        var (before, after) = (change.Before.NodePatches[change.Name], change.After.NodePatches[change.Name]);
        foreach (var wish in Nodes(change.After, change.Name).Concat(PoliciesOf(change)))
            yield return wish;
        // A run looks at who is in flight, not at how far each has come.
        if (before?.Spec.Operation?.RunUid != after?.Spec.Operation?.RunUid || Turn(before) != Turn(after) || before?.Status.LastScan != after?.Status.LastScan)
            foreach (var run in RunsOf(before).Concat(RunsOf(after)).OfType<string>().Distinct())
                yield return Run(run);
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
        return change.Before.Fleet.Unavailable > fleet.Unavailable && Shares.Budget(maxUnavailable, fleet.Count) < fleet.Count
            ? change.After.Policies.All.SelectMany(entry => Runs(change.After, entry.Policy.Metadata.Name))
            : [];
    }

    private static IEnumerable<Wish> OfPolicy(WorldChange change)
    {
        var (before, after) = (change.Before.Policies[change.Name]?.Terms, change.After.Policies[change.Name]?.Terms);
        if (before == after)
            return [];
        var members = change.Before.Fleet.Of(change.Name).Members.Values.Concat(change.After.Fleet.Of(change.Name).Members.Values);
        return
        [
            // The nodes of one policy may belong to another now.
            .. change.After.Policies.All.Select(
                entry => Policy(entry.Policy.Metadata.Name, entry.Policy.Metadata.Name == change.Name ? TimeSpan.Zero : PolicyCoalesce)),
            .. Runs(change.After, change.Name),
            .. members.Select(view => view.Patch).OfType<NodePatch>().Select(patch => Node(patch)),
        ];
    }

    private static IEnumerable<Wish> OfWindow(WorldChange change)
    {
        var (before, after) = (change.Before.Windows[change.Name], change.After.Windows[change.Name]);
        if (before is not null && after is not null && before.Calendar == after.Calendar)
            return [];
        var policies = change.After.Policies.All
            .Where(entry => entry.Policy.Spec.Windows.Contains(change.Name))
            .Select(entry => entry.Policy.Metadata.Name)
            .ToList();
        return
        [
            new Wish(new ObjectKey(PatchWindow.KindName, change.Name)),
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
        if (before?.Status.Phase != after?.Status.Phase)
            foreach (var entry in change.After.Baselines.All.Where(entry => entry.Baseline.Spec.Triggers.OnPolicies.Contains(run.Spec.Policy.Name)))
                yield return Baseline(entry.Baseline);
        if (after is null or { Metadata.DeletionTimestamp: not null })
            foreach (var view in change.After.Fleet.Of(run.Spec.Policy.Name).Members.Values)
                if (view.Patch is { } patch && patch.Spec.Operation?.RunUid == run.Metadata.Uid)
                    yield return Node(patch);
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

    private static IEnumerable<Wish> OfWork(WorldChange change, (string? Node, string? Baseline) owner)
    {
        if (owner.Node is { } node)
            foreach (var wish in Nodes(change.After, node))
                yield return wish;
        if (owner.Baseline is { } name && change.After.Baselines[name]?.Baseline is { } baseline)
            yield return Baseline(baseline);
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

    private static Wish Baseline(ImageBaseline baseline, TimeSpan delay = default) => new(new ObjectKey(ImageBaseline.KindName, baseline.Metadata.Name), delay);
}
