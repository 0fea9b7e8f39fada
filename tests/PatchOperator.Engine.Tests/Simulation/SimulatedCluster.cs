using k8s.Models;
using PatchOperator.Api;
using PatchOperator.Engine.Facts;
using PatchOperator.Engine.Nodes;
using PatchOperator.Engine.Policies;
using PatchOperator.Engine.Runs;
using PatchOperator.Engine.Windows;

namespace PatchOperator.Engine.Tests.Simulation;

/// <summary>
/// A cluster in memory, with virtual time, whose controllers take the engine's real decisions. A crash may strike between any two
/// writes; every step checks what must always hold.
/// </summary>
internal sealed class SimulatedCluster
{
    private static readonly WindowCalendar Calendar = WindowCalendar.TryCreate(
        new PatchWindowSpec { Schedules = [new WindowSchedule { Cron = "0 12 * * *" }], Duration = "2h", Cutoff = "30m" }, out _)!;

    private readonly Random random;
    private readonly HashSet<string> jobsMade = [];
    private int runs;

    public SimulatedCluster(int seed, int nodes, Func<PatchPolicySpec, PatchPolicySpec> policy)
    {
        random = new Random(seed);
        Policy = Given.APolicy(policy);
        Nodes = [.. Enumerable.Range(1, nodes).Select(number => new SimulatedNode($"node-{number}"))];
    }

    public DateTimeOffset Now { get; private set; } = Given.Noon.AddMinutes(-30);

    public PatchPolicy? Policy { get; set; }

    public List<SimulatedNode> Nodes { get; }

    public List<PatchRun> Runs { get; } = [];

    /// <summary>Whether crashes and lost Jobs happen.</summary>
    public bool Faulty { get; set; } = true;

    /// <summary>What happened, for a test that fails.</summary>
    public List<string> Log { get; } = [];

    private int Budget => Shares.Budget((Policy?.Spec.Rollout ?? new RolloutSettings()).MaxUnavailable, Nodes.Count);

    public void Step()
    {
        switch (random.Next(6))
        {
            case 0:
                ReconcilePolicy();
                break;
            case 1 when Runs.Count > 0:
                ReconcileRun(Runs[random.Next(Runs.Count)]);
                break;
            case 2:
                Advance(TimeSpan.FromSeconds(random.Next(1, 90)));
                break;
            default:
                if (Nodes.Count > 0)
                    ReconcileNode(Nodes[random.Next(Nodes.Count)]);
                break;
        }

        CheckAlways();
    }

    public void Advance(TimeSpan by)
    {
        Now += by;
        foreach (var node in Nodes)
            Live(node);
    }

    public void Delete(SimulatedNode node)
    {
        Log.Add($"{Now:T} {node.Name} deleted");
        Nodes.Remove(node);
    }

    // What happens on a node while nobody looks: pods leave, Jobs end, reboots come back.
    private void Live(SimulatedNode node)
    {
        if (node.BackAt <= Now)
            (node.BackAt, node.Ready, node.ReadySince, node.Boots, node.RebootDue) = (null, true, Now, node.Boots + 1, false);
        if (!node.Ready)
            return;
        foreach (var job in node.Jobs.Values.Where(job => !job.Finished).ToList())
            if (random.Next(3) > 0)
                End(node, job);
    }

    private void End(SimulatedNode node, SimulatedJob job)
    {
        var lost = Faulty && random.Next(12) == 0;
        var report = job.Step switch
        {
            OperationStep.Patch => Patch(node),
            OperationStep.Reboot => Reboot(node),
            OperationStep.Verify when !node.Patched => node.Inventory(false, "UpdatesMissing"),
            _ => node.Inventory(true, "Completed"),
        };
        node.Jobs[job.Name] = job with { Finished = true, Report = lost ? null : report };
        Log.Add($"{Now:T} {node.Name} {job.Step} ended{(lost ? ", report lost" : "")}");
    }

    private StepReport Patch(SimulatedNode node)
    {
        if (node.RepositoryBroken)
            return node.Inventory(false, "RepositoryUnavailable");
        if (!node.Patched)
            node.RebootDue = random.Next(2) == 0;
        node.Patched = true;
        return node.Inventory(true, "Completed", [new ChangedPackage { Name = "openssl", From = "1", To = "2" }]);
    }

    private StepReport? Reboot(SimulatedNode node)
    {
        node.Ready = false;
        node.BackAt = node.NeverComesBack ? null : Now.AddSeconds(random.Next(10, 120));
        return null;
    }

    private void ReconcilePolicy()
    {
        if (Policy is not { } policy)
            return;
        var input = new PolicyInput
        {
            Policy = policy,
            Errors = [],
            Nodes = Views(),
            Windows = Windows(),
            Runs = Runs,
            Now = Now,
        };
        var decision = PolicyDecisions.Decide(input);
        foreach (var tracked in decision.Track)
            Nodes.Single(node => node.Name == tracked.Name).Tracked = true;
        if (Crashes())
            return;
        if (decision.Run is { } run && Runs.All(existing => existing.Metadata.Name != run.Name))
            Runs.Add(new PatchRun { Metadata = new V1ObjectMeta { Name = run.Name, Uid = $"run-{++runs}", Generation = 1 }, Spec = run.Spec });
        if (!Crashes())
            policy.Status = decision.Status;
    }

    private void ReconcileRun(PatchRun run)
    {
        var views = Views();
        var input = new RunInput
        {
            Run = run,
            Policy = Policy,
            Nodes = views.ToDictionary(view => view.Node.Name),
            Members = Policy is null ? [] : views,
            Windows = Policy is null ? [] : Windows(),
            Fleet = new FleetBudget(views.Count(view => view.IsUnavailable), views.Count),
            Now = Now,
        };
        var decision = RunDecisions.Decide(input);
        CheckAdmission(run, decision, views);
        foreach (var name in decision.Release)
        {
            if (Crashes())
                return;
            Set(name, null);
        }

        foreach (var admission in decision.Admit)
        {
            if (Crashes())
                return;
            Set(admission.Node, admission.Operation);
            Log.Add($"{Now:T} {admission.Node} admitted by {run.Metadata.Name}");
        }

        if (!Crashes())
            run.Status = decision.Status;
    }

    private void Set(string name, NodeOperation? operation)
    {
        var node = Nodes.Single(node => node.Name == name);
        node.Spec = node.Spec with { Operation = operation };
    }

    private void ReconcileNode(SimulatedNode node)
    {
        if (!node.Tracked)
            return;
        var decision = NodePhases.Decide(new NodeInput
        {
            Node = node.Facts,
            Spec = node.Spec,
            Status = node.Status,
            RunExists = Policy is not null && node.Spec.Operation is { } operation && Runs.Any(run => run.Metadata.Uid == operation.RunUid),
            Policy = Policy,
            Jobs = node.Jobs.ToDictionary(job => job.Key, job => job.Value.Facts),
            Drain = NodePhases.NeedsDrainFacts(node.Status) ? Drain(node) : null,
            Now = Now,
        });
        foreach (var action in decision.Actions)
        {
            if (Crashes())
                return;
            Apply(node, action);
        }

        if (Crashes())
            return;
        if (decision.Status.LastOperation is { Result: OperationResult.Succeeded } last && node.Status.LastOperation?.Result == OperationResult.InProgress)
            CheckSuccess(node, last);
        if (decision.Status.Phase != node.Status.Phase)
            Log.Add($"{Now:T} {node.Name} {node.Status.Phase} -> {decision.Status.Phase}: {decision.Why}");
        node.Status = decision.Status;
    }

    private static DrainFacts Drain(SimulatedNode node) =>
        new([.. Enumerable.Range(0, node.Pods).Select(number => new PodToEvict { Namespace = "default", Name = $"pod-{number}", Uid = $"{node.Name}-{number}" })]);

    private void Apply(SimulatedNode node, NodeAction action)
    {
        switch (action)
        {
            case NodeAction.Cordon cordon when !node.Unschedulable:
                (node.Unschedulable, node.CordonedBy) = (true, cordon.Run);
                break;
            case NodeAction.Uncordon:
                Assert.True(node.CordonedBy is not null, $"{node.Name}: uncordoned though it was not ours");
                (node.Unschedulable, node.CordonedBy, node.Pods) = (false, null, 2);
                break;
            case NodeAction.Evict:
                node.Pods = Math.Max(0, node.Pods - random.Next(3));
                break;
            case NodeAction.CreateJob create:
                Make(node, create.Job);
                break;
            case NodeAction.DeleteJob delete:
                node.Jobs.Remove(delete.Name);
                break;
        }
    }

    private void Make(SimulatedNode node, JobRequest request)
    {
        if (node.Jobs.ContainsKey(request.Name))
            return;
        Assert.True(jobsMade.Add(request.Name), $"{request.Name} was made twice");
        Assert.DoesNotContain(node.Jobs.Values, job => !job.Finished);
        node.Jobs[request.Name] = new SimulatedJob(request.Name, request.Step, request.BootId);
    }

    private bool Crashes() => Faulty && random.Next(8) == 0;

    private List<NodeView> Views() => [.. Nodes.Select(node => new NodeView(node.Facts, node.Tracked ? node.Spec : null, node.Tracked ? node.Status : null))];

    private IReadOnlyList<NamedWindow> Windows() => [new NamedWindow("nightly", Calendar.At(Now))];

    private void CheckAdmission(PatchRun run, RunDecision decision, List<NodeView> views)
    {
        if (decision.Admit.Count == 0)
            return;
        Assert.True(Calendar.At(Now).AcceptsNodes, $"{Now:O}: admitted outside the window");
        Assert.NotEqual(RunPhase.Halted, decision.Status.Phase);
        Assert.Equal(Policy!.Metadata.Generation, run.Spec.Policy.Generation);
        var admitted = decision.Admit.Select(admission => admission.Node).ToHashSet();
        var before = views.Count(view => view.IsUnavailable);
        var after = views.Count(view => view.IsUnavailable || admitted.Contains(view.Node.Name));
        Assert.True(after == before || after <= Budget, $"{after} nodes unavailable, {Budget} allowed");
        Assert.True(views.Count(view => view.HoldsSlot) + admitted.Count <= Budget, "more slots than the budget has");
    }

    private static void CheckSuccess(SimulatedNode node, OperationRecord last)
    {
        Assert.True(node.Patched, $"{node.Name} succeeded unpatched");
        Assert.False(node.RebootDue, $"{node.Name} succeeded with a reboot due");
        Assert.True(node.Ready, $"{node.Name} succeeded while not Ready");
        Assert.NotNull(last.FinishedAt);
    }

    private void CheckAlways()
    {
        foreach (var node in Nodes)
        {
            Assert.False(node.AdministratorCordoned && !node.Unschedulable, $"{node.Name}: an administrator's cordon was undone");
            Assert.True(node.Jobs.Values.Count(job => !job.Finished) <= 1, $"{node.Name}: two Jobs at once");
        }
    }
}
