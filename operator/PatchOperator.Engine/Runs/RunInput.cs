using PatchOperator.Api;
using PatchOperator.Engine.Calendars;
using PatchOperator.Engine.Decisions;
using PatchOperator.Engine.Facts;
using PatchOperator.Engine.Nodes;
using PatchOperator.Engine.Plans;
using PatchOperator.Engine.Questions;
using PatchOperator.Engine.World;

namespace PatchOperator.Engine.Runs;

/// <summary>Everything a decision about one run is made from.</summary>
internal sealed record RunInput
{
    public required PatchRun Run { get; init; }

    /// <summary>The frozen plan; null when it is gone or was changed.</summary>
    public required PatchPlan? Plan { get; init; }

    /// <summary>Where the plan is not there: the nodes that the run has asked all the same.</summary>
    public IReadOnlyList<RunNode> Unplanned { get; init; } = [];

    /// <summary>What the policy asks for that the run was made from; null when it is gone or being deleted.</summary>
    public required PolicyTerms? Policy { get; init; }

    /// <summary>The nodes of the cluster, by name.</summary>
    public required Func<string, NodeView?> Node { get; init; }

    /// <summary>The NodePatch of a node of the run, as long as there is one: it outlives its node by a moment.</summary>
    public Func<RunNode, NodePatch?> PatchOf { get; init; } = _ => null;

    /// <summary>What is recorded of the run so far.</summary>
    public RecordsOfRun Records { get; init; } = RecordsOfRun.None;

    /// <summary>Whether another run is still to record what a NodePatch tells of it.</summary>
    public Func<NodePatch, bool> AwaitsRecord { get; init; } = _ => false;

    /// <summary>The nodes of the cluster's control plane, whatever policy they belong to.</summary>
    public Func<IEnumerable<NodeView>> ControlPlane { get; init; } = () => [];

    /// <summary>The nodes that are tainted as those that come next in this run.</summary>
    public Func<IEnumerable<NodeView>> Announced { get; init; } = () => [];

    /// <summary>The node that the operator itself runs on; null where that is not known.</summary>
    public string? OwnNode { get; init; }

    /// <summary>What a rehearsal of a node's drain has shown; null when there was none.</summary>
    public Func<NodeView, DrainFacts?> Rehearsed { get; init; } = _ => new DrainFacts([]);

    /// <summary>The nodes that belong to the policy now: its budget is counted over them.</summary>
    public required PolicyNodes Members { get; init; }

    /// <summary>What the policy would plan now in the place of the run's plan; null where it would plan nothing.</summary>
    public Func<PatchPlanSpec?> Wanted { get; init; } = () => null;

    /// <summary>What a health check has found; null where it was not asked.</summary>
    public Func<HealthCheck, HealthFacts?> Health { get; init; } = _ => null;

    /// <summary>The Jobs of the run itself: of its hooks and its health checks.</summary>
    public IReadOnlyList<JobRecord> Jobs { get; init; } = [];

    /// <summary>When one of these is to be looked at again though nobody tells anything of it, in UTC; null where none is.</summary>
    public DateTimeOffset? LookAt { get; init; }

    /// <summary>One of these, by name, with what was asked about it; null when it is gone.</summary>
    public Func<string, JobFacts?> Job { get; init; } = _ => null;

    /// <summary>The states of the policy's windows.</summary>
    public IReadOnlyList<NamedWindow> Windows { get; init; } = [];

    /// <summary>The states of the Blackout windows that select the policy.</summary>
    public IReadOnlyList<FreezeState> Freezes { get; init; } = [];

    /// <summary>How many nodes of the whole cluster are unavailable, whoever made them so.</summary>
    public required int FleetUnavailable { get; init; }

    /// <summary>How many may be: the budget above those of policies.</summary>
    public required int FleetBudget { get; init; }

    /// <summary>Every ImageBaseline.</summary>
    public IReadOnlyList<ImageBaseline> Baselines { get; init; } = [];

    public required DateTimeOffset Now { get; init; }

    /// <summary>The Blackout that lasts; null when none does.</summary>
    public FreezeState? Freeze => Freezes.FirstOrDefault(freeze => freeze.Lasts);

    /// <summary>The run of the same policy that goes first, as an emergency does; null where there is none.</summary>
    public PatchRun? First { get; init; }

    /// <summary>The run whose changes are taken back; null where nodes are patched, and once it is gone.</summary>
    public PatchRun? Undone { get; init; }

    /// <inheritdoc cref="Undoing.IsTakenBack"/>
    public bool IsTakenBack { get; init; }

    /// <summary>Whether the run begins nodes in blackouts as well.</summary>
    public bool OverridesBlackouts => Run.Spec.Emergency is { OverrideBlackouts: true };

    /// <summary>Whether the run goes by no window; what keeps windows closed holds it back all the same.</summary>
    public bool IsWindowless => Run.Spec.Window is null;

    /// <summary>Whether a window of the policy is open.</summary>
    public bool IsOpen => IsWindowless || Windows.Any(window => window.State.IsOpen);

    /// <summary>Whether a window of the policy takes nodes now.</summary>
    public bool AcceptsNodes => IsWindowless || Windows.Any(window => window.State.AcceptsNodes);

    /// <summary>Whether a window of the policy takes this node now.</summary>
    public bool Accepts(NodeView view) =>
        IsWindowless ? OverridesBlackouts || BlackoutOf(view) is null : Windows.Any(window => window.For(view.Node.Place)?.AcceptsNodes == true);

    /// <summary>What keeps a window of the policy closed for this node, whatever its schedules say; null where nothing does.</summary>
    public Blackout? BlackoutOf(NodeView view) => NamedWindow.BlackoutOf(Windows, view.Node.Place);

    /// <summary>Whether any window will ever take it: none does where the time zone that it goes by is not known.</summary>
    public bool HasWindow(NodeView view) => IsWindowless || Windows.Count == 0 || Windows.Any(window => window.For(view.Node.Place) is not null);

    public RunSettings Settings => Plan?.Spec.Settings ?? new RunSettings();

    public bool Deleting => Run.Metadata.DeletionTimestamp is not null;

    /// <inheritdoc cref="AsksToResume"/>
    public bool ResumeRequested => AsksToResume(Run);

    /// <summary>Whether a person lets a halted run go on.</summary>
    public bool IsResumed => ResumeRequested && Run.Status.Phase == RunPhase.Halted;

    /// <summary>The health checks of a wave that are asked at a time.</summary>
    public List<HealthCheck> Checks(PlanWave wave, CheckTime time) =>
        [.. Plan?.Spec.HealthChecks?.Where(check => check.During.Contains(time) && wave.Checks?.Contains(check.Name) != false) ?? []];

    /// <summary>What is known of a health check from before; nothing once a person has let the run go on.</summary>
    public RunCheck? Known(HealthCheck check) => IsResumed ? null : Run.Status.Checks.FirstOrDefault(known => known.Name == check.Name);

    /// <summary>Whether a person has set the annotation that resumes a halted run.</summary>
    public static bool AsksToResume(PatchRun run) => run.Metadata.Annotations?.ContainsKey(ApiGroup.ResumeAnnotation) == true;

    public static RunInput Of(PatchRun run, Snapshot snapshot, Answers answers, k8s.Models.IntOrString maxUnavailable, DateTimeOffset now)
    {
        var entry = snapshot.Policies[run.Spec.Policy.Name];
        var lives = entry is { Terms.Deleting: false } && entry.Terms.Uid == run.Spec.Policy.Uid;
        var fleet = snapshot.Fleet;
        var windows = lives ? snapshot.StatesOf(entry!.Policy, now) : [];
        var jobs = snapshot.Jobs.By(JobRecord.KeyOfRun(run.Metadata.Name))
            .Where(job => job.Owner == run.Metadata.Uid)
            .Select(job => job.At(now))
            .ToList();
        var plan = PlanOf(run, snapshot, answers) is { } found && found.Digest == run.Spec.Plan.Digest ? found.Plan : null;
        return new RunInput
        {
            Run = run,
            Plan = plan,
            Unplanned = plan is null ? [.. Asked(run, fleet)] : [],
            Policy = lives ? entry!.Terms : null,
            Node = name => fleet[name],
            PatchOf = node => snapshot.NodePatches[node.Name] is { } patch && patch.Metadata.OwnerReferences?.Any(owner => owner.Uid == node.Uid) == true
                ? patch
                : null,
            Records = snapshot.RecordsOf(run.Metadata.Uid),
            AwaitsRecord = snapshot.AwaitsRecord,
            First = snapshot.Runs.By(run.Spec.Policy.Name).Where(other => GoesBefore(other, run)).MaxBy(other => other.Spec.Trigger),
            Undone = plan?.Spec.Undoes is { } undone && snapshot.Runs[undone.Name] is { } named && named.Metadata.Uid == undone.Uid ? named : null,
            IsTakenBack = Undoing.IsTakenBack(run, snapshot.Runs.By(run.Spec.Policy.Name)),
            Members = fleet.Of(run.Spec.Policy.Name),
            // What is planned for nodes that fell behind is not for others.
            Wanted = () => lives && run.Spec.Trigger == RunTrigger.Window
                ? Planner.InPlaceOf(run, entry!.Terms, fleet.Of(run.Spec.Policy.Name), snapshot.Runs.By(run.Spec.Policy.Name), windows)
                : null,
            Jobs = jobs,
            LookAt = jobs.Min(job => KnownJobs.LookAt(job, snapshot, now)),
            Windows = windows,
            Freezes = lives ? [.. snapshot.FreezesOf(entry!.Policy).Select(freeze => freeze.At(now))] : [],
            Announced = () => snapshot.Nodes.By(run.Metadata.Name).Select(node => fleet[node.Name]!),
            ControlPlane = () => fleet.All.Where(view => view.Node.IsControlPlane),
            FleetUnavailable = fleet.Unavailable,
            FleetBudget = Shares.Budget(maxUnavailable, fleet.Count),
            Baselines = [.. snapshot.Baselines.All.Select(entry => entry.Baseline)],
            Now = now,
        };
    }

    /// <summary>The plan that a run names, whatever it says now; null when it is gone.</summary>
    public static PlanEntry? PlanOf(PatchRun run, Snapshot snapshot, Answers answers) =>
        snapshot.Plans[run.Spec.Plan.Name] ?? (answers.To(new PlanAsItIs(run.Spec.Plan.Name)) is { } plan ? new PlanEntry(plan) : null);

    // What is taken back goes before all else: another turn of a node would have it forget what it keeps.
    private static bool GoesBefore(PatchRun other, PatchRun run) =>
        other.Spec is { Trigger: RunTrigger.Emergency or RunTrigger.Rollback, Planned: not null }
        && other.Spec.Trigger > run.Spec.Trigger
        && other.Spec.Policy.Uid == run.Spec.Policy.Uid
        && RunPhases.IsMoving(other.Status);

    private static IEnumerable<RunNode> Asked(PatchRun run, Fleet fleet) => fleet.All
        .Where(view => view.Spec?.Operation?.RunUid == run.Metadata.Uid)
        .Select(view => new RunNode { Name = view.Node.Name, Uid = view.Node.Uid });
}
