using PatchOperator.Api;
using PatchOperator.Engine.Decisions;
using PatchOperator.Engine.Facts;
using PatchOperator.Engine.Nodes.Steps;
using PatchOperator.Engine.Questions;
using PatchOperator.Engine.World;

namespace PatchOperator.Engine.Nodes;

/// <summary>Everything a decision about one node is made from.</summary>
internal sealed record NodeInput
{
    // How long what is refused is asked for again, where the phase has no deadline of its own.
    private static readonly TimeSpan RefusalLimit = TimeSpan.FromMinutes(10);

    /// <summary>The live Node; null when it is gone or was replaced by another of the same name.</summary>
    public required NodeFacts? Node { get; init; }

    public required NodePatchSpec Spec { get; init; }

    /// <summary>As it is persisted, or as it will be: a step hands on what it has made of it.</summary>
    public required NodePatchStatus Status { get; init; }

    /// <summary>Whether the NodePatch is being deleted.</summary>
    public bool Deleting { get; init; }

    public long Generation { get; init; }

    /// <summary>Whether the run that asks for the operation still exists and is not being deleted.</summary>
    public bool RunExists { get; init; }

    /// <summary>Whether the run is still to record how the last turn ended.</summary>
    public bool AwaitsRecord { get; init; }

    /// <summary>What the policy that the node belongs to asks for; null when none does, or its spec is invalid.</summary>
    public PolicyTerms? Policy { get; init; }

    /// <summary>Whether no policy has the node any more: not one whose spec is invalid either, which keeps its nodes.</summary>
    public bool BelongsToNobody { get; init; }

    /// <summary>When the NodePatch was made.</summary>
    public DateTimeOffset? TrackedSince { get; init; }

    /// <summary>Whether it is tainted as one that comes next in a run that is over, or gone.</summary>
    public bool IsAnnouncedInVain { get; init; }

    /// <summary>Whether a scan may begin now, or is to wait for those before it.</summary>
    public bool MayScan { get; init; } = true;

    /// <summary>The policy of the run that asks for the operation; null when the run is gone.</summary>
    public string? PolicyOfRun { get; init; }

    /// <summary>The wave of the run's plan that the node belongs to; null where there is none.</summary>
    public Func<string?> Wave { get; init; } = () => null;

    /// <summary>Whether a window of the run's policy is open; true where nothing depends on it.</summary>
    public bool IsWindowOpen { get; init; } = true;

    /// <summary>Our Jobs on this node, by name.</summary>
    public IReadOnlyDictionary<string, JobFacts> Jobs { get; init; } = new Dictionary<string, JobFacts>();

    /// <summary>The answer to <see cref="PodsToEvict"/>; null when it was not asked.</summary>
    public DrainFacts? Drain { get; init; }

    public required DateTimeOffset Now { get; init; }

    /// <summary>
    /// When other nodes of the policy first saw updates of the packages of these names; nothing is known where approvals wait for nothing.
    /// </summary>
    public Func<IReadOnlySet<string>, FirstSeen> SeenElsewhere { get; init; } = _ => new FirstSeen();

    /// <summary>What the operation under way was asked to do.</summary>
    public RunSettings Settings => Spec.Operation!.Settings;

    /// <summary>The record of the operation under way.</summary>
    public OperationRecord Record => Status.LastOperation!;

    /// <summary>The Job that is being waited for; null when there is none, or it is gone.</summary>
    public JobFacts? Job => Status.Job is { } name ? Jobs.GetValueOrDefault(name) : null;

    /// <summary>Whether what is under way comes to its end over what is refused. A Job at work is waited for all the same.</summary>
    public bool IsRefusedForTooLong =>
        this is { Status.Refused: { } refused, Job: not { Finished: false } }
        && Now >= (Status.Phase == NodePhase.Draining && DrainStep.Deadline(this) is { } deadline ? deadline : refused.Since + RefusalLimit);

    /// <summary>The same with another record of the operation.</summary>
    public NodeInput With(OperationRecord record) => this with { Status = Status with { LastOperation = record } };

    public static NodeInput Of(NodePatch patch, Snapshot snapshot, Answers answers, ScanBudget budget, DateTimeOffset now)
    {
        var node = snapshot.NodeOf(patch);
        var view = node is null ? null : snapshot.Fleet[node.Name];
        return new NodeInput
        {
            Node = node,
            Spec = patch.Spec,
            Status = patch.Status,
            Deleting = patch.Metadata.DeletionTimestamp is not null,
            Generation = patch.Metadata.Generation ?? 0,
            RunExists = patch.Spec.Operation is { } operation
                && snapshot.Runs[operation.Run] is { Metadata.DeletionTimestamp: null } run
                && run.Metadata.Uid == operation.RunUid,
            AwaitsRecord = snapshot.AwaitsRecord(patch),
            BelongsToNobody = view?.Policy is null,
            TrackedSince = Instants.CreatedAt(patch.Metadata),
            Policy = view?.Policy is { InEffect: true } policy ? policy : null,
            IsWindowOpen = patch.Spec.Operation is not { Settings.Rollout.OnWindowClose: WindowCloseAction.StopBeforeReboot } asked
                || snapshot.Runs[asked.Run] is not { Spec.Window: not null } asking
                || snapshot.Policies[asking.Spec.Policy.Name] is not { } entry
                || snapshot.StatesOf(entry.Policy, now).Any(window => (node is null ? window.State : window.For(node.Place)) is { IsOpen: true }),
            SeenElsewhere = view?.Policy is { Spec.Updates.ApproveAfter: not null } waiting
                ? packages => snapshot.Fleet.FirstSeen(waiting.Name, view, packages)
                : _ => new FirstSeen(),
            PolicyOfRun = patch.Spec.Operation is { } requested ? snapshot.Runs[requested.Run]?.Spec.Policy.Name : null,
            Wave = () => patch.Spec.Operation is { } turn && snapshot.Runs[turn.Run] is { } its
                ? snapshot.Plans[its.Spec.Plan.Name]?.Plan.Spec.Nodes.FirstOrDefault(planned => planned.Uid == node?.Uid)?.Wave
                : null,
            IsAnnouncedInVain = node?.AnnouncedBy is { } by
                && (snapshot.Runs[by] is not { Metadata.DeletionTimestamp: null } next || RunPhases.IsTerminal(next.Status.Phase)),
            MayScan = view is null || budget.Allows(snapshot.Fleet, view),
            Jobs = Known(patch, snapshot, answers)
                .Select(job => job.At(now))
                .ToDictionary(job => job.Name, job => KnownJobs.Facts(job, snapshot, answers, now)),
            Drain = answers.To(PodsToEvict.Of(patch)),
            Now = now,
        };
    }

    private static IEnumerable<JobRecord> Known(NodePatch patch, Snapshot snapshot, Answers answers)
    {
        var known = snapshot.Jobs.By(patch.Metadata.Name);
        return patch.Status.Job is { } name && snapshot.Jobs[name] is null && answers.To(new JobAsItIs(name)) is { } job ? known.Append(job) : known;
    }
}
