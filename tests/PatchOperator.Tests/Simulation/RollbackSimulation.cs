using PatchOperator.Api;
using PatchOperator.Engine;
using static PatchOperator.Tests.Simulation.Scenarios;

namespace PatchOperator.Tests.Simulation;

/// <summary>What people ask to be undone, under random faults.</summary>
public class RollbackSimulation
{
    [Fact]
    public void A_run_is_taken_back_once_its_policy_is_suspended_and_its_nodes_are_patched_again_once_that_is_over() => ForEachSeed(
        (cluster, random) =>
        {
            Settles(cluster);
            var (run, kept) = Kept(cluster);
            Create(cluster, run);
            cluster.Run(() => Back(cluster).Status.Message.Contains("set spec.suspend of policy 'workers' to true first", StringComparison.Ordinal));
            cluster.Pass(TimeSpan.FromMinutes(random.Next(0, 60)));
            Assert.Null(Back(cluster).Spec.Planned);

            Suspend(cluster, true);
            if (random.Next(2) == 0)
                IsTakenBack(cluster, kept);
            else
                cluster.Run(() => Back(cluster).Status.Phase is not null);

            Suspend(cluster, false);
            cluster.Run(() => cluster.Nodes.All.All(node => node.Patched && cluster.IsQuiet(node)));
        },
        KeepsWhatItReplaces);

    [Fact]
    public void Of_a_run_that_has_halted_the_nodes_that_it_has_patched_are_taken_back_and_no_other_is_touched() => ForEachSeed(
        (cluster, random) =>
        {
            cluster.Run(() => cluster.Nodes.All.Any(node => HasSucceeded(cluster, node)));
            foreach (var node in cluster.Nodes.All.Where(node => !node.Patched))
                node.RepositoryBroken = true;
            cluster.Run(() => cluster.Runs[0].Status.Phase is RunPhase.Halted or RunPhase.Succeeded or RunPhase.Failed && cluster.Nodes.All.All(cluster.IsQuiet));
            var (run, kept) = Kept(cluster);
            Create(cluster, run);
            Suspend(cluster, true);
            IsTakenBack(cluster, kept);
        },
        policy => KeepsWhatItReplaces(policy) with { Rollout = policy.Rollout with { MaxUnavailable = 1 } },
        nodes: 4);

    [Fact]
    public void What_fails_while_a_canary_soaks_takes_it_back_and_the_run_stays_halted() => ForEachSeed(
        (cluster, random) =>
        {
            cluster.Run(() => cluster.Runs.Any(run => run.Status.Phase == RunPhase.Soaking));
            var halted = cluster.Runs.First(run => run.Status.Phase == RunPhase.Soaking).Metadata.Name;
            var canaries = cluster.Nodes.All.Where(node => HasSucceeded(cluster, node)).ToList();
            cluster.Health.Break("api", "Deployment shop/api: Available is False");
            cluster.Run(() => cluster.Runs.Any(run => run.Spec.Rollback?.Run == halted && RunPhases.IsTerminal(run.Status.Phase)));
            var back = cluster.Runs.Single(run => run.Spec.Rollback?.Run == halted);
            Assert.Equal("check api failed while it soaked: Deployment shop/api: Available is False", back.Spec.Rollback!.Reason);
            Assert.Equal(RunPhase.Halted, cluster.Store.Find<PatchRun>(halted)!.Status.Phase);
            Assert.All(
                canaries.Where(node => cluster.Patch(node) is { Status.LastOperation: { Result: OperationResult.Succeeded } last } && last.RunUid == back.Metadata.Uid),
                node => Assert.False(node.Patched));

            cluster.Health.Mend("api");
            cluster.Pass(TimeSpan.FromMinutes(random.Next(60, 300)));
            Assert.Equal(RunPhase.Halted, cluster.Store.Find<PatchRun>(halted)!.Status.Phase);
            cluster.Resume(cluster.Store.Find<PatchRun>(halted)!);
            cluster.Run(() => cluster.Nodes.All.All(node => node.Patched && cluster.IsQuiet(node)));
        },
        policy => HealthSimulation.With(KeepsWhatItReplaces(policy), CheckTime.Soak) with
        {
            Rollout = policy.Rollout with { Waves = [new RolloutWave { Name = "canary", Size = 1, Soak = "30m" }] },
        },
        nodes: 5);

    [Fact]
    public void Leaders_that_overlap_take_it_back_once() => ForEachSeed(
        (cluster, random) =>
        {
            Settles(cluster);
            var (run, kept) = Kept(cluster);
            Create(cluster, run);
            Suspend(cluster, true);
            for (var change = 0; change < 3; change++)
            {
                var steps = random.Next(2, 60);
                cluster.Run(() => steps-- == 0);
                cluster.Start();
                steps = random.Next(2, 60);
                cluster.Run(() => steps-- == 0);
                cluster.Stop();
            }

            IsTakenBack(cluster, kept);
        },
        KeepsWhatItReplaces);

    private static PatchPolicySpec KeepsWhatItReplaces(PatchPolicySpec policy) =>
        policy with { OnFailure = new FailureSettings { Action = FailureAction.Rollback }, Rollout = policy.Rollout with { FailureThreshold = "100%" } };

    // The run that patched the most, and its nodes: those whose report was lost keep what was replaced as well.
    private static (string Run, List<string> Nodes) Kept(SimulatedCluster cluster)
    {
        var most = cluster.Nodes.All
            .Select(node => (node.Name, Last: cluster.Patch(node)!.Status.LastOperation))
            .Where(node => node.Last is { PatchedAt: not null, Result: OperationResult.Succeeded })
            .GroupBy(node => node.Last!.Run, node => node.Name)
            .MaxBy(nodes => nodes.Count())!;
        return (most.Key, [.. most]);
    }

    private static PatchRun Back(SimulatedCluster cluster) => cluster.Store.Find<PatchRun>("back")!;

    private static void IsTakenBack(SimulatedCluster cluster, List<string> nodes)
    {
        var before = cluster.Nodes.All.ToDictionary(node => node, node => node.Patched);
        cluster.Run(() => RunPhases.IsTerminal(Back(cluster).Status.Phase) && cluster.Nodes.All.All(node => cluster.Patch(node) is not { Status.LastOperation.Result: OperationResult.InProgress }));
        Assert.Equal(nodes, cluster.Store.Find<PatchPlan>(Back(cluster).Spec.Plan.Name)!.Spec.Nodes.Select(node => node.Name));
        foreach (var node in cluster.Nodes.All)
        {
            var last = cluster.Patch(node)!.Status.LastOperation;
            Assert.True(nodes.Contains(node.Name) == (last?.RunUid == Back(cluster).Metadata.Uid), $"{node.Name}: last turn in {last?.Run}");
            Assert.Equal(last?.Reason == Reasons.RollbackFailed, cluster.IsCordoned(node));
            if (!nodes.Contains(node.Name) || last!.Result == OperationResult.Succeeded)
                Assert.Equal(before[node] && !nodes.Contains(node.Name), node.Patched);
        }
    }

    private static void Suspend(SimulatedCluster cluster, bool suspended) =>
        cluster.Store.Edit(PatchPolicy.KindName, "workers", json => json["spec"]!["suspend"] = suspended);

    private static void Create(SimulatedCluster cluster, string undone) => cluster.Create(
        "back",
        new PatchRunSpec
        {
            Policy = new PolicyReference { Name = "workers" },
            Trigger = RunTrigger.Rollback,
            Rollback = new RunRollback { Run = undone, Reason = "what it brought does not work" },
        });
}
