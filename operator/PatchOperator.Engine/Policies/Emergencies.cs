using PatchOperator.Api;
using PatchOperator.Engine.Decisions;
using PatchOperator.Engine.Effects;
using PatchOperator.Engine.Plans;
using PatchOperator.Engine.World;

namespace PatchOperator.Engine.Policies;

/// <summary>
/// What people ask for outside of the usual times: by an annotation of the policy, for which a run is made once, or by a run that they have made themselves.
/// Either gets its plan here.
/// </summary>
internal sealed class Emergencies
{
    // Scans take minutes; whoever is in a hurry does not wait for a node that cannot be scanned.
    private static readonly TimeSpan LeastPatience = TimeSpan.FromMinutes(10);

    private readonly PolicyInput input;
    private readonly IReadOnlyList<PatchRun> unplanned;

    public Emergencies(PolicyInput input)
    {
        this.input = input;
        unplanned = input.Policy.Spec.Suspend ? [] : [.. input.Unplanned.Where(run => run.Spec.Trigger == RunTrigger.Emergency)];
    }

    /// <summary>
    /// When the last was asked for that waits for its plan, in UTC; null when none does. What came out since the last scans is what it is for.
    /// </summary>
    public DateTimeOffset? ScanSince => unplanned.Max(run => Instants.CreatedAt(run.Metadata));

    /// <summary>What the annotation asks for: persisted before a run is made for it, so that there is one, whatever is lost on the way.</summary>
    public PolicyEmergency? Asked
    {
        get
        {
            if (input.Policy.Metadata.Annotations?.TryGetValue(ApiGroup.EmergencyAnnotation, out var value) != true || input.Policy.Spec.Suspend)
                return null;
            var reason = Text.Fit(string.IsNullOrWhiteSpace(value) ? "no reason was given" : value);
            return input.Policy.Status.Emergency is { } known && known.Reason == reason
                ? known
                : new PolicyEmergency { Reason = reason, Run = RunName.Next(input.Policy.Metadata.Name, RunTrigger.Emergency, input.RunNames, input.Now) };
        }
    }

    /// <summary>When to look again though nothing has changed, in UTC; null when only a change can matter.</summary>
    public DateTimeOffset? Until => unplanned.Select(PlannedAt).Min();

    /// <summary>What is to be done.</summary>
    public IEnumerable<Effect> Effects => [.. OfAnnotation(), .. unplanned.Where(run => !(PlannedAt(run) > input.Now)).SelectMany(Plan)];

    private IEnumerable<Effect> OfAnnotation()
    {
        // Not before it is persisted.
        if (Asked is not { } asked || asked != input.Policy.Status.Emergency)
            return [];
        var metadata = input.Policy.Metadata;
        return input.RunNames.Contains(asked.Run)
            ? [new RemoveAnnotations(PatchPolicy.KindName, metadata.Name, [ApiGroup.EmergencyAnnotation]) { Version = metadata.ResourceVersion }]
            : [new CreateRun(asked.Run, new PatchRunSpec
            {
                Policy = input.Reference,
                Trigger = RunTrigger.Emergency,
                Emergency = new RunEmergency { Reason = asked.Reason },
            })];
    }

    // Once every node was scanned that can be; as long as scanning them is foreseen to take at most.
    private DateTimeOffset? PlannedAt(PatchRun run)
    {
        var made = Instants.CreatedAt(run.Metadata);
        var awaited = input.Members.Count(view => IsAwaited(view, made));
        if (made is null || awaited == 0)
            return null;
        var foreseen = input.Scans.Lasts(awaited, ScanTimes.Mean(input.Members));
        return made + (foreseen > LeastPatience ? foreseen : LeastPatience);
    }

    // A node that has its turn is scanned at the end of that.
    private static bool IsAwaited(NodeView view, DateTimeOffset? since) =>
        view is { Node: { Ready: true, Leaving: false, ExemptBecause: null }, HoldsSlot: false }
        && !(view.Status?.LastScan is { DetailsUnavailable: false } scan && scan.StartedAt >= since) && !(view.Status?.ScanFailure?.At >= since);

    private IEnumerable<Effect> Plan(PatchRun run)
    {
        var packages = run.Spec.Emergency?.Packages ?? [];
        bool IsMeant(PendingPackage package) => packages.Count == 0 || package.Installed is null || Globs.Matches(packages, package.Name);
        // A person who asks for it now does not want what is to wait to wait.
        var needs = new Needs(input.Members, withDeferred: true);
        var nodes = needs.Nodes
            .Where(view => packages.Count == 0 || needs.Of(view).Any(package => package.Installed is not null && IsMeant(package)))
            .ToList();
        return NewRun.Bind(run, Planner.Plan(input.Reference, Approved(input.Policy.Spec), nodes, view => needs.Of(view).Where(IsMeant)));
    }

    // Its own rule is for its waves as well.
    private static PatchPolicySpec Approved(PatchPolicySpec spec) => spec.Emergency.Approval is not { } approval
        ? spec
        : spec with
        {
            Rollout = spec.Rollout with
            {
                Approval = approval,
                Waves = [.. spec.Rollout.Waves.Select(wave => wave with { Approval = ApprovalMode.Automatic })],
            },
        };
}
