using k8s.Models;
using PatchOperator.Api;
using PatchOperator.Engine;
using PatchOperator.Engine.Decisions;
using PatchOperator.Engine.Effects;
using PatchOperator.Engine.Facts;
using PatchOperator.Engine.Policies;
using PatchOperator.Engine.Questions;
using PatchOperator.Engine.Runs;
using PatchOperator.Engine.World;

namespace PatchOperator.Cli.Previews;

/// <summary>
/// Lets the operator's own deciders run ahead: what they decide is done in a cluster that is only thought of, where each turn takes its time and succeeds. Time
/// goes from one thing that happens to the next.
/// </summary>
internal sealed class Forecast
{
    // No window opens more rarely than once a year, but for one of a 29 February.
    private static readonly TimeSpan Patience = TimeSpan.FromDays(366);

    private readonly PolicyDecider policies = new(new ScanBudget(AtOnce: 1));
    private readonly RunDecider runs;
    private readonly Func<string, TimeSpan> timeOf;
    private readonly HashSet<string> asked;
    private readonly PriorityQueue<string, DateTimeOffset> ends = new();
    private readonly Dictionary<string, Turn> turns = [];
    private readonly Dictionary<string, string> said = [];
    private readonly List<PatchPlanSpec> plans = [];
    private DateTimeOffset now;

    /// <param name="cluster">All that is known, and what is taken for granted.</param>
    /// <param name="asked">The policies that it is about; the others are there too.</param>
    /// <param name="maxUnavailable">How many nodes of the whole cluster may be unavailable at once.</param>
    /// <param name="timeOf">How long a turn takes, by the policy.</param>
    /// <param name="from">When it begins, in whole seconds.</param>
    public Forecast(Snapshot cluster, IEnumerable<string> asked, IntOrString maxUnavailable, Func<string, TimeSpan> timeOf, DateTimeOffset from)
    {
        (Cluster, this.asked, runs, this.timeOf, now) = (cluster, [.. asked], new RunDecider(maxUnavailable), timeOf, from);
        InNeed = (HashSet<string>)[.. cluster.Fleet.All.Where(view => view.Assessment.NeedsRun).Select(view => view.Node.Name)];
        foreach (var view in cluster.Fleet.All.Where(view => view.HoldsSlot))
            Hold(view);
        var next = Settle();
        AtFirst = said.ToDictionary();
        Run(next);
    }

    /// <summary>The cluster as it has become.</summary>
    public Snapshot Cluster { get; private set; }

    /// <summary>Why nobody begins, or that somebody does, in the engine's words, by policy, at the beginning.</summary>
    public IReadOnlyDictionary<string, string> AtFirst { get; }

    /// <summary>The same at the end: what keeps those back that have had no turn.</summary>
    public IReadOnlyDictionary<string, string> AtLast => said;

    /// <summary>The names of the nodes that need patching at the beginning.</summary>
    public IReadOnlySet<string> InNeed { get; }

    /// <summary>Each node's turn, by its name.</summary>
    public IReadOnlyDictionary<string, Turn> Turns => turns;

    /// <summary>The plans that were made for a policy, in order.</summary>
    public IEnumerable<PatchPlanSpec> PlansOf(string policy) => plans.Where(plan => plan.Policy.Name == policy);

    private void Run(DateTimeOffset? next)
    {
        for (var giveUp = now + Patience; next is { } at && at <= giveUp && IsToGoOn(); next = Settle())
        {
            now = at;
            while (ends.TryPeek(out var node, out var end) && end <= now)
            {
                ends.Dequeue();
                End(node);
                giveUp = now + Patience;
            }
        }
    }

    // What a person would have to change is not waited for.
    private bool IsToGoOn() => ends.Count > 0 || Cluster.Fleet.All.Any(
        view => view is { Policy: { InEffect: true } policy, Node: { Ready: true, Leaving: false } } && asked.Contains(policy.Name)
            && policy.Spec is { Suspend: false, Windows.Count: > 0 } && view.Assessment.NeedsRun);

    /// <summary>Decides until nothing more follows at this instant.</summary>
    /// <returns>When to look again; null when nothing will change.</returns>
    private DateTimeOffset? Settle()
    {
        while (true)
        {
            DateTimeOffset? next = ends.TryPeek(out _, out var end) ? end : null;
            var changed = false;
            foreach (var entry in Cluster.Policies.All.OrderBy(entry => entry.Terms.Name, StringComparer.Ordinal))
            {
                var decision = policies.Decide(entry.Policy, Cluster, Answers.None, now);
                said[entry.Terms.Name] = decision.Why;
                changed |= Apply(decision, ref next);
            }

            var underWay = Cluster.Runs.All.Where(run => !RunPhases.IsTerminal(run.Status.Phase));
            foreach (var run in underWay.OrderBy(run => run.Metadata.Name, StringComparer.Ordinal))
            {
                var decision = runs.Decide(run, Cluster, AnswersTo(run), now);
                said[run.Spec.Policy.Name] = decision.Why;
                var isNews = (run.Status.Phase, run.Status.Message) != (decision.Status.Phase, decision.Status.Message)
                    || !run.Status.Waves.SequenceEqual(decision.Status.Waves);
                Cluster = Cluster.WithRun(run.Metadata.Name, new PatchRun { Metadata = run.Metadata, Spec = run.Spec, Status = decision.Status });
                changed |= Apply(decision, ref next) || isNews;
            }

            if (!changed)
                return next;
        }
    }

    private bool Apply<TStatus>(Decision<TStatus> decision, ref DateTimeOffset? next)
    {
        if (decision.WakeUp is { } wakeUp && (next is null || now + wakeUp < next))
            next = now + (wakeUp > TimeSpan.Zero ? wakeUp : TimeSpan.FromSeconds(1));
        return decision.Effects.Aggregate(false, (changed, effect) => Apply(effect) || changed);
    }

    private bool Apply(Effect effect)
    {
        switch (effect)
        {
            case CreatePlan plan:
                plans.Add(plan.Plan);
                Cluster = Cluster.WithPlan(plan.Name, new PatchPlan { Metadata = New(plan.Name), Spec = plan.Plan });
                return true;
            case CreateRun run:
                Cluster = Cluster.WithRun(run.Name, new PatchRun { Metadata = New(run.Name), Spec = run.Run });
                return true;
            case DeleteRun run:
                Cluster = Cluster.WithRun(run.Name, null);
                return true;
            case DeletePlan plan:
                Cluster = Cluster.WithPlan(plan.Name, null);
                return true;
            case WriteRecords records:
                foreach (var record in records.Records)
                    Cluster = Cluster.WithRecord(record.Metadata.Name, record);
                return true;
            case SetOperation { Operation: { } operation } begun:
                Begin(Cluster.Fleet[begun.Node]!, operation);
                return true;
            // Taints, events and the like: nothing is decided by them.
            default:
                return false;
        }
    }

    private V1ObjectMeta New(string name) => new() { Name = name, Uid = name, Generation = 1, CreationTimestamp = now.UtcDateTime };

    private Answers AnswersTo(PatchRun run)
    {
        var answers = new Answers();
        while (runs.Ask(run, Cluster, answers, now).Where(question => !answers.Has(question)).ToList() is { Count: > 0 } questions)
            questions.ForEach(question => answers.Add(question, question is RehearsalOfDrain ? new DrainFacts([]) : null));
        return answers;
    }

    private void Begin(NodeView view, NodeOperation operation)
    {
        var end = now + timeOf(view.Policy!.Name);
        turns[view.Node.Name] = new Turn(operation.Run, Cluster.Runs[operation.Run]!.Spec.Window, now, end);
        ends.Enqueue(view.Node.Name, end);
        Write(view, view.Spec! with { Operation = operation }, view.Status! with { LastOperation = Record(operation) with { StartedAt = now } });
    }

    // A turn that is under way already, of whatever run.
    private void Hold(NodeView view)
    {
        var record = view.Status!.LastOperation is { Result: OperationResult.InProgress } last ? last : Record(view.Spec!.Operation!) with { StartedAt = now };
        var end = record.StartedAt + (view.Policy is { } policy ? timeOf(policy.Name) : TurnTime.Usual);
        ends.Enqueue(view.Node.Name, end > now ? end : now + TimeSpan.FromMinutes(1));
        Write(view, view.Spec!, view.Status with { LastOperation = record });
    }

    private void End(string node)
    {
        var view = Cluster.Fleet[node]!;
        Write(view, view.Spec!, view.Status! with
        {
            Phase = NodePhase.Idle,
            Pending = [],
            PendingCount = null,
            Incomplete = [],
            IncompleteCount = null,
            RebootRequired = null,
            LastOperation = view.Status.LastOperation! with { Result = OperationResult.Succeeded, FinishedAt = now },
        });
    }

    private static OperationRecord Record(NodeOperation operation) =>
        new() { Run = operation.Run, RunUid = operation.RunUid, Result = OperationResult.InProgress };

    private void Write(NodeView view, NodePatchSpec spec, NodePatchStatus status) =>
        Cluster = Cluster.WithNodePatch(view.Node.Name, new NodePatch { Metadata = view.Patch!.Metadata, Spec = spec, Status = status });
}
