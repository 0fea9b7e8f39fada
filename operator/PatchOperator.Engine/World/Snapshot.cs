using System.Collections.Immutable;
using PatchOperator.Api;
using PatchOperator.Engine.Calendars;
using PatchOperator.Engine.Specs;

namespace PatchOperator.Engine.World;

/// <summary>
/// All that is known of the cluster at one instant: immutable, joined, and with what several decisions need computed once. A change makes another
/// snapshot that shares all but what has changed.
/// </summary>
public sealed record Snapshot
{
    private Fleet? fleet;
    private ImmutableDictionary<string, WindowCalendar?> calendars = ImmutableDictionary<string, WindowCalendar?>.Empty;

    /// <summary>A cluster of which nothing is known.</summary>
    public static Snapshot Empty { get; } = new();

    /// <summary>Every PatchPolicy, with what it asks for.</summary>
    public Table<PolicyEntry> Policies { get; private init; } = new();

    /// <summary>Every PatchWindow, with its calendar.</summary>
    public Table<WindowEntry> Windows { get; private init; } = new();

    /// <summary>Every PatchRun; looked up by policy.</summary>
    public Table<PatchRun> Runs { get; private init; } = new(run => run.Spec.Policy.Name);

    /// <summary>Every PatchPlan; looked up by policy.</summary>
    public Table<PatchPlan> Plans { get; private init; } = new(plan => plan.Spec.Policy.Name);

    /// <summary>Every ImageBaseline, with what is wrong with it.</summary>
    public Table<BaselineEntry> Baselines { get; private init; } = new();

    /// <summary>Every NodePatch, also those whose node is gone.</summary>
    public Table<NodePatch> NodePatches { get; private init; } = new();

    /// <summary>Every Node.</summary>
    public Table<NodeFacts> Nodes { get; private init; } = new();

    /// <summary>Our Jobs; looked up by <see cref="JobRecord.Key"/>.</summary>
    public Table<JobRecord> Jobs { get; private init; } = new(job => job.Key);

    /// <summary>The pods of our Jobs; looked up by Job.</summary>
    public Table<PodRecord> Pods { get; private init; } = new(pod => pod.Job);

    /// <summary>The nodes joined with their NodePatches and policies. Joined at the first look; from then on each change is joined as it comes.</summary>
    public Fleet Fleet => fleet ??= Fleet.Of(Policies.All.Select(entry => entry.Terms), Nodes, PatchOf);

    /// <summary>The live Node that a NodePatch was made for; null when it is gone or another has its name.</summary>
    public NodeFacts? NodeOf(NodePatch patch) => Nodes[patch.Metadata.Name] is { } node && IsOf(patch, node) ? node : null;

    /// <summary>Those of the windows that exist and are valid, with their states at an instant.</summary>
    public IReadOnlyList<NamedWindow> States(IEnumerable<string> names, DateTimeOffset now) =>
    [
        .. names.Select(name => Windows[name]).Where(entry => entry?.Calendar is not null)
            .Select(entry => new NamedWindow(entry!.Window.Metadata.Name, entry.Calendar!.At(now))),
    ];

    /// <summary>The snapshot with another state of a Node, or with null without it; so for all of the following.</summary>
    public Snapshot WithNode(string name, NodeFacts? node) =>
        this with { Nodes = Nodes.With(name, node), fleet = fleet?.With(name, node, node is null ? null : PatchOf(node)) };

    /// <inheritdoc cref="WithNode"/>
    public Snapshot WithNodePatch(string name, NodePatch? patch)
    {
        var next = this with { NodePatches = NodePatches.With(name, patch) };
        return Nodes[name] is { } node ? next with { fleet = fleet?.With(name, node, next.PatchOf(node)) } : next;
    }

    /// <inheritdoc cref="WithNode"/>
    public Snapshot WithPolicy(string name, PatchPolicy? policy)
    {
        var before = Policies[name];
        var after = policy is null ? null : Entry(policy, before?.Terms, calendars);
        return this with { Policies = Policies.With(name, after), fleet = before?.Terms == after?.Terms ? fleet : null };
    }

    /// <inheritdoc cref="WithNode"/>
    public Snapshot WithWindow(string name, PatchWindow? window)
    {
        var entry = window is null ? null : Entry(window, Windows[name]);
        var next =
            this with { Windows = Windows.With(name, entry), calendars = entry is null ? calendars.Remove(name) : calendars.SetItem(name, entry.Calendar) };
        return Windows[name]?.Calendar == entry?.Calendar && (window is null) == (Windows[name] is null) ? next : next.Revalidated();
    }

    /// <inheritdoc cref="WithNode"/>
    public Snapshot WithBaseline(string name, ImageBaseline? baseline) =>
        this with { Baselines = Baselines.With(name, baseline is null ? null : Entry(baseline, calendars)) };

    /// <inheritdoc cref="WithNode"/>
    public Snapshot WithRun(string name, PatchRun? run) => this with { Runs = Runs.With(name, run) };

    /// <inheritdoc cref="WithNode"/>
    public Snapshot WithPlan(string name, PatchPlan? plan) => this with { Plans = Plans.With(name, plan) };

    /// <inheritdoc cref="WithNode"/>
    public Snapshot WithJob(string name, JobRecord? job) => this with { Jobs = Jobs.With(name, job) };

    /// <inheritdoc cref="WithNode"/>
    public Snapshot WithPod(string name, PodRecord? pod) => this with { Pods = Pods.With(name, pod) };

    // What names a window that came, changed or went may have become valid, or invalid.
    private Snapshot Revalidated()
    {
        var (policies, baselines, same) = (Policies, Baselines, true);
        foreach (var entry in Policies.All)
        {
            var after = Entry(entry.Policy, entry.Terms, calendars);
            same &= after.Terms == entry.Terms;
            policies = policies.With(entry.Policy.Metadata.Name, after);
        }

        foreach (var entry in Baselines.All)
            baselines = baselines.With(entry.Baseline.Metadata.Name, Entry(entry.Baseline, calendars));
        return this with { Policies = policies, Baselines = baselines, fleet = same ? fleet : null };
    }

    private NodePatch? PatchOf(NodeFacts node) => NodePatches[node.Name] is { } patch && IsOf(patch, node) ? patch : null;

    private static bool IsOf(NodePatch patch, NodeFacts node) => patch.Metadata.OwnerReferences?.Any(owner => owner.Uid == node.Uid) == true;

    private static PolicyEntry Entry(PatchPolicy policy, PolicyTerms? before, IReadOnlyDictionary<string, WindowCalendar?> windows)
    {
        var errors = PolicyValidation.Validate(policy, windows);
        return new PolicyEntry(policy, before?.SameAs(policy, errors) == true ? before : new PolicyTerms(policy, errors));
    }

    private static BaselineEntry Entry(ImageBaseline baseline, IReadOnlyDictionary<string, WindowCalendar?> windows) =>
        new(baseline, BaselineValidation.Validate(baseline, windows));

    private static WindowEntry Entry(PatchWindow window, WindowEntry? before)
    {
        if (before is not null && before.Window.Metadata.Uid == window.Metadata.Uid && before.Window.Metadata.Generation == window.Metadata.Generation)
            return before with { Window = window };
        var calendar = WindowCalendar.TryCreate(window.Spec, out var errors);
        return new WindowEntry(window, calendar, errors);
    }
}
