using PatchOperator.Api;
using PatchOperator.Engine.Calendars;
using PatchOperator.Engine.Runs;
using PatchOperator.Engine.World;

namespace PatchOperator.Engine.Policies;

/// <summary>Everything a decision about one policy is made from.</summary>
internal sealed record PolicyInput
{
    public required PatchPolicy Policy { get; init; }

    /// <summary>Empty when the spec is valid.</summary>
    public required IReadOnlyList<SpecError> Errors { get; init; }

    /// <summary>The nodes that belong to the policy.</summary>
    public required PolicyNodes Nodes { get; init; }

    /// <summary>The states of the policy's windows.</summary>
    public IReadOnlyList<NamedWindow> Windows { get; init; } = [];

    /// <summary>The states of the Blackout windows that select the policy.</summary>
    public IReadOnlyList<FreezeState> Freezes { get; init; } = [];

    /// <summary>The policy's runs, finished ones included.</summary>
    public IReadOnlyList<PatchRun> Runs { get; init; } = [];

    /// <summary>Runs for the policy that people have made, and that have no plan yet.</summary>
    public IReadOnlyList<PatchRun> Unplanned { get; init; } = [];

    /// <summary>The names that are taken: those of all runs, as one policy may be called like the runs of another.</summary>
    public IReadOnlyList<string> RunNames { get; init; } = [];

    /// <summary>The policy's plans, by name.</summary>
    public IReadOnlyDictionary<string, PatchPlan> Plans { get; init; } = new Dictionary<string, PatchPlan>();

    /// <summary>How many scans of the cluster are due.</summary>
    public required ScanLoad Scans { get; init; }

    public required DateTimeOffset Now { get; init; }

    /// <summary>The policy as it is now.</summary>
    public PolicyReference Reference => new()
    {
        Name = Policy.Metadata.Name,
        Uid = Policy.Metadata.Uid,
        Generation = Policy.Metadata.Generation ?? 0,
        Author = Policy.Metadata.Annotations?.TryGetValue(ApiGroup.AuthorAnnotation, out var author) == true ? author : null,
    };

    /// <summary>The policy's nodes, by name.</summary>
    public IEnumerable<NodeView> Members => Nodes.Members.Values;

    /// <summary>The nodes that name a time zone which does not exist, where a window goes by those of nodes.</summary>
    public IEnumerable<NodeView> WithoutZone()
    {
        // Looked for only where there is one: the places are few, and counted.
        var unknown = Nodes.Places.Keys.Where(place => ZoneProblem(place) is not null).ToHashSet();
        return unknown.Count == 0 ? [] : Members.Where(view => unknown.Contains(view.Node.Place));
    }

    /// <summary>Why a node has no window that goes by its own time zone, in words; null when it has.</summary>
    public string? ZoneProblem(NodePlace place) => Windows.Select(window => window.Local?.ZoneOf(place).Problem).FirstOrDefault(problem => problem is not null);

    /// <summary>Such a node, in words.</summary>
    public string WithoutZone(NodeView view) => $"{view.Node.Name}: {ZoneProblem(view.Node.Place)}";

    /// <summary>The runs that are not over, oldest first.</summary>
    public IEnumerable<PatchRun> Unfinished => Runs.Where(run => !RunPhases.IsTerminal(run.Status.Phase));

    /// <summary>The run of a window that is not over; null when there is none.</summary>
    public PatchRun? Active => Unfinished.FirstOrDefault(run => run.Spec.Trigger == RunTrigger.Window);

    /// <summary>The emergency that is not over; null when there is none.</summary>
    public PatchRun? Emergency => Unfinished.FirstOrDefault(run => run.Spec.Trigger == RunTrigger.Emergency);

    /// <summary>The run that tells best what is under way; null when there is none.</summary>
    public PatchRun? Current => Emergency ?? Active ?? Unfinished.FirstOrDefault();

    public static PolicyInput Of(PatchPolicy policy, Snapshot snapshot, ScanBudget budget, DateTimeOffset now)
    {
        var name = policy.Metadata.Name;
        PatchRun[] runs = [.. snapshot.Runs.By(name).OrderBy(run => run.Metadata.CreationTimestamp).ThenBy(run => run.Metadata.Name, StringComparer.Ordinal)];
        return new PolicyInput
        {
            Policy = policy,
            Errors = snapshot.Policies[name]?.Terms.Errors ?? [],
            Nodes = snapshot.Fleet.Of(name),
            Windows = snapshot.StatesOf(policy, now),
            Freezes = [.. snapshot.FreezesOf(policy).Select(freeze => freeze.At(now))],
            Runs = [.. runs.Where(run => run.Spec.Planned is not null && run.Spec.Policy.Uid == policy.Metadata.Uid)],
            Unplanned =
            [
                .. runs.Where(run => run is { Spec: { Planned: null, Cancelled: false }, Metadata.DeletionTimestamp: null } && UnplannedRun.IsForPeople(run)
                    && (run.Spec.Policy.Uid.Length == 0 || run.Spec.Policy.Uid == policy.Metadata.Uid) && !RunPhases.IsTerminal(run.Status.Phase)
                    && !UnplannedRun.HasNameTooLong(run)),
            ],
            RunNames = [.. snapshot.Runs.All.Select(run => run.Metadata.Name)],
            Plans = snapshot.Plans.By(name).Select(entry => entry.Plan).ToDictionary(plan => plan.Metadata.Name),
            Scans = ScanLoad.Of(snapshot.Fleet, budget, now),
            Now = now,
        };
    }
}
