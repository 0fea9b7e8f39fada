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
    private ImmutableDictionary<string, RecordsOfRun> recordsOfRuns = ImmutableDictionary<string, RecordsOfRun>.Empty;
    private ImmutableArray<Freeze> freezes = [];
    private ImmutableDictionary<string, WindowCalendar?> calendars = ImmutableDictionary<string, WindowCalendar?>.Empty;

    /// <summary>A cluster of which nothing is known.</summary>
    public static Snapshot Empty { get; } = new();

    /// <summary>Every PatchPolicy, with what it asks for.</summary>
    public Table<PolicyEntry> Policies { get; private init; } = new();

    /// <summary>Every PatchWindow, with its calendar.</summary>
    public Table<WindowEntry> Windows { get; private init; } = new();

    /// <summary>Every PatchRun; looked up by policy.</summary>
    public Table<PatchRun> Runs { get; private init; } = new(run => run.Spec.Policy.Name);

    /// <summary>Every PatchPlan, with its digest; looked up by policy.</summary>
    public Table<PlanEntry> Plans { get; private init; } = new(entry => entry.Plan.Spec.Policy.Name);

    /// <summary>What is kept of every PatchRecord; looked up by the UID of its run.</summary>
    public Table<RecordEntry> Records { get; private init; } = new(entry => entry.RunUid);

    /// <summary>Every ImageBaseline, with what is wrong with it.</summary>
    public Table<BaselineEntry> Baselines { get; private init; } = new();

    /// <summary>Every NodePatch, also those whose node is gone.</summary>
    public Table<NodePatch> NodePatches { get; private init; } = new();

    /// <summary>Every Node; looked up by the run that it comes next in.</summary>
    public Table<NodeFacts> Nodes { get; private init; } = new(node => node.AnnouncedBy);

    /// <summary>Our Jobs; looked up by <see cref="JobRecord.Key"/>.</summary>
    public Table<JobRecord> Jobs { get; private init; } = new(job => job.Key);

    /// <summary>The pods of our Jobs; looked up by Job.</summary>
    public Table<PodRecord> Pods { get; private init; } = new(pod => pod.Job);

    /// <summary>The nodes joined with their NodePatches and policies. Joined at the first look; from then on each change is joined as it comes.</summary>
    public Fleet Fleet => fleet ??= Fleet.Of(Policies.All.Select(entry => entry.Terms), Nodes, PatchOf);

    /// <summary>The live Node that a NodePatch was made for; null when it is gone or another has its name.</summary>
    public NodeFacts? NodeOf(NodePatch patch) => Nodes[patch.Metadata.Name] is { } node && IsOf(patch, node) ? node : null;

    /// <summary>The records of the run with this UID.</summary>
    public RecordsOfRun RecordsOf(string runUid) => recordsOfRuns.GetValueOrDefault(runUid) ?? RecordsOfRun.None;

    /// <summary>
    /// Whether how a turn ended is known from the NodePatch alone, and its run is still to record it: until then nothing may take its place.
    /// </summary>
    public bool AwaitsRecord(NodePatch patch) =>
        patch.Status.LastOperation is { Result: OperationResult.Succeeded or OperationResult.Failed or OperationResult.Skipped } last
        && Runs[last.Run] is { Metadata.DeletionTimestamp: null } run
        && run.Metadata.Uid == last.RunUid
        && !RunPhases.IsTerminal(run.Status.Phase)
        && !(patch.Metadata.OwnerReferences ?? []).Any(owner => RecordsOf(last.RunUid).Has(owner.Uid));

    /// <summary>The Blackout windows that close the windows of a policy, by name.</summary>
    public IReadOnlyList<Freeze> FreezesOf(PatchPolicy policy) => [.. freezes.Where(freeze => freeze.Concerns(policy.Metadata.Labels))];

    /// <summary>The calendar of a window, as far as it goes for all policies: closed while a Blackout of every policy lasts; null when it is invalid.</summary>
    public WindowCalendar? CalendarOf(PatchWindow window) => Windows[window.Metadata.Name]?.Calendar is not { Effect: WindowEffect.Allow } calendar
        ? Windows[window.Metadata.Name]?.Calendar
        : calendar.Under([.. freezes.Where(freeze => freeze.OfEveryPolicy).Select(freeze => freeze.Closure)]);

    /// <summary>Those of the windows that exist and are valid, with their states at an instant, whatever blackouts there are for policies.</summary>
    /// <remarks>Each by the clocks of its own zone, also with the timing NodeLocal.</remarks>
    public IReadOnlyList<NamedWindow> States(IEnumerable<string> names, DateTimeOffset now) =>
        [.. Valid(names).Select(entry => new NamedWindow(entry.Window.Metadata.Name, entry.Calendar!.At(now)))];

    /// <summary>The same for the windows that a policy names: closed while a Blackout window of it lasts.</summary>
    public IReadOnlyList<NamedWindow> StatesOf(PatchPolicy policy, DateTimeOffset now) =>
        [.. Valid(policy.Spec.Windows).Select(entry => StateOf(entry, policy, now))];

    /// <summary>How many nodes of the policies that a window is for go by each time zone: of those that name it, or that it freezes.</summary>
    public IReadOnlyDictionary<string, int> NodesByZone(PatchWindow window)
    {
        var nodes = new Dictionary<string, int>();
        if (Windows[window.Metadata.Name]?.Calendar is not { } calendar)
            return nodes;
        var freeze = freezes.FirstOrDefault(freeze => freeze.Name == window.Metadata.Name);
        foreach (var policy in Policies.All.Select(entry => entry.Policy)
            .Where(policy => freeze?.Concerns(policy.Metadata.Labels) ?? policy.Spec.Windows.Contains(window.Metadata.Name)))
            foreach (var (place, count) in Fleet.Of(policy.Metadata.Name).Places)
                if (calendar.ZoneOf(place).Name is { } zone)
                    nodes[zone] = nodes.GetValueOrDefault(zone) + count;
        return nodes;
    }

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
        var (before, entry) = (Windows[name], window is null ? null : Entry(window, Windows[name]));
        var next =
            this with { Windows = Windows.With(name, entry), calendars = entry is null ? calendars.Remove(name) : calendars.SetItem(name, entry.Calendar) };
        if (entry?.SameSpec(before) != true && (before?.IsBlackout == true || entry?.IsBlackout == true))
            next.freezes =
            [
                .. next.Windows.All.Where(window => window.IsBlackout).OrderBy(window => window.Window.Metadata.Name, StringComparer.Ordinal)
                    .Select(window => new Freeze(window)),
            ];
        return before?.Calendar == entry?.Calendar && (window is null) == (before is null) ? next : next.Revalidated();
    }

    /// <inheritdoc cref="WithNode"/>
    public Snapshot WithBaseline(string name, ImageBaseline? baseline) =>
        this with { Baselines = Baselines.With(name, baseline is null ? null : Entry(baseline, calendars)) };

    /// <inheritdoc cref="WithNode"/>
    public Snapshot WithRun(string name, PatchRun? run) => this with { Runs = Runs.With(name, run) };

    /// <inheritdoc cref="WithNode"/>
    public Snapshot WithPlan(string name, PatchPlan? plan) => this with { Plans = Plans.With(name, plan is null ? null : new PlanEntry(plan)) };

    /// <inheritdoc cref="WithNode"/>
    public Snapshot WithRecord(string name, PatchRecord? record)
    {
        var (before, after) = (Records[name], record is null ? null : RecordEntry.Of(record));
        var (records, ofRuns) = (Records.With(name, after), recordsOfRuns);
        foreach (var run in new[] { before?.RunUid, after?.RunUid }.OfType<string>().Distinct())
            ofRuns = records.By(run).ToList() is { Count: > 0 } found ? ofRuns.SetItem(run, new RecordsOfRun(found)) : ofRuns.Remove(run);
        return this with { Records = records, recordsOfRuns = ofRuns };
    }

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

    private IEnumerable<WindowEntry> Valid(IEnumerable<string> names) =>
        names.Select(name => Windows[name]).OfType<WindowEntry>().Where(entry => entry.Calendar is not null);

    private NamedWindow StateOf(WindowEntry entry, PatchPolicy policy, DateTimeOffset now)
    {
        var calendar = entry.Calendar!.Under([.. FreezesOf(policy).Select(freeze => freeze.Closure)]);
        if (!calendar.IsNodeLocal)
            return new NamedWindow(entry.Window.Metadata.Name, calendar.At(now));
        var zones = Fleet.Of(policy.Metadata.Name).Places.Keys.Select(place => calendar.ZoneOf(place).Name).OfType<string>().ToHashSet();
        var local = new LocalWindow(calendar, zones, now);
        return new NamedWindow(entry.Window.Metadata.Name, local.State) { Local = local };
    }

    private static PolicyEntry Entry(PatchPolicy policy, PolicyTerms? before, IReadOnlyDictionary<string, WindowCalendar?> windows)
    {
        var errors = PolicyValidation.Validate(policy, windows);
        return new PolicyEntry(policy, before?.SameAs(policy, errors) == true ? before : new PolicyTerms(policy, errors));
    }

    private static BaselineEntry Entry(ImageBaseline baseline, IReadOnlyDictionary<string, WindowCalendar?> windows) =>
        new(baseline, BaselineValidation.Validate(baseline, windows));

    private static WindowEntry Entry(PatchWindow window, WindowEntry? before)
    {
        if (before?.SameSpec(window) == true)
            return before with { Window = window };
        var calendar = WindowCalendar.TryCreate(window.Spec, out var errors);
        return new WindowEntry(window, calendar, errors);
    }
}
