using PatchOperator.Api;
using PatchOperator.Engine.Nodes;

namespace PatchOperator.Engine.Tests.Simulation;

/// <summary>Whole rollouts under random faults; a seed that fails can be run again by itself.</summary>
public class RolloutSimulation
{
    private const int Seeds = 150;

    [Fact]
    public void Every_node_ends_patched_and_schedulable_whatever_crashes_on_the_way() => ForEachSeed((cluster, _) =>
    {
        Run(cluster, cluster => cluster.Nodes.All(Settled));

        Assert.All(cluster.Nodes, node => Assert.True(node.Patched && !node.RebootDue && !node.Unschedulable, $"{node.Name} is left behind"));
        Assert.All(cluster.Runs, run => Assert.Contains(run.Status.Phase, new RunPhase?[] { RunPhase.Succeeded, RunPhase.Running, RunPhase.WaitingForWindow }));
    });

    [Fact]
    public void An_administrators_cordon_outlasts_the_rollout() => ForEachSeed((cluster, random) =>
    {
        var cordoned = cluster.Nodes[random.Next(cluster.Nodes.Count)];
        (cordoned.Unschedulable, cordoned.AdministratorCordoned) = (true, true);
        // It takes from the budget for as long as it is cordoned: with a budget of one, nobody else would have a turn.
        cluster.Policy!.Spec = cluster.Policy.Spec with { Rollout = new RolloutSettings { MaxUnavailable = 2, MinReadySeconds = 5 } };
        Run(cluster, cluster => cluster.Nodes.All(Settled));

        Assert.All(cluster.Nodes, node => Assert.Equal(node.AdministratorCordoned, node.Unschedulable));
        Assert.True(cordoned.Patched);
    });

    [Fact]
    public void A_broken_repository_halts_the_run_and_leaves_the_others_untouched() => ForEachSeed((cluster, _) =>
    {
        foreach (var node in cluster.Nodes)
            node.RepositoryBroken = true;
        Run(cluster, cluster => cluster.Runs.Any(run => run.Status.Phase == RunPhase.Halted) && cluster.Nodes.All(Quiet));

        var run = Assert.Single(cluster.Runs);
        Assert.Contains("RepositoryUnavailable", run.Status.Message, StringComparison.Ordinal);
        // Failures under way when the threshold was met are at most a budget's worth.
        Assert.InRange(cluster.Nodes.Count(node => node.Status.LastOperation is not null), 1, 2);
        Assert.All(cluster.Nodes, node => Assert.False(node.Unschedulable));
    });

    [Fact]
    public void A_node_that_never_comes_back_halts_the_run_and_stays_cordoned() => ForEachSeed((cluster, _) =>
    {
        foreach (var node in cluster.Nodes)
            node.NeverComesBack = true;
        cluster.Policy!.Spec = cluster.Policy.Spec with { Reboot = new RebootSettings { Mode = RebootMode.Always } };
        Run(cluster, cluster => cluster.Runs.Any(run => run.Status.Phase == RunPhase.Halted) && cluster.Nodes.All(Quiet));

        Assert.Contains(Reasons.RebootTimedOut, cluster.Runs[0].Status.Message, StringComparison.Ordinal);
        Assert.All(cluster.Nodes, node => Assert.Equal(!node.Ready, node.Unschedulable));
    });

    [Fact]
    public void A_node_deleted_in_flight_frees_its_slot() => ForEachSeed((cluster, _) =>
    {
        Run(cluster, cluster => cluster.Nodes.Any(node => node.Status.Phase != NodePhase.Idle));
        cluster.Delete(cluster.Nodes.First(node => node.Status.Phase != NodePhase.Idle));
        Run(cluster, cluster => cluster.Nodes.All(Settled) && cluster.Runs.All(run => run.Status.Phase == RunPhase.Succeeded));

        Assert.All(cluster.Nodes, node => Assert.True(node.Patched && !node.Unschedulable));
    });

    [Fact]
    public void A_policy_deleted_in_mid_run_leaves_nothing_behind() => ForEachSeed((cluster, _) =>
    {
        Run(cluster, cluster => cluster.Nodes.Any(node => node.Status.Phase != NodePhase.Idle));
        cluster.Policy = null;
        Run(cluster, cluster => cluster.Nodes.All(node => Quiet(node) && node is { Spec.Operation: null, CordonedBy: null }));

        Assert.All(cluster.Nodes, node => Assert.False(node.Unschedulable));
        Assert.All(cluster.Nodes, node => Assert.DoesNotContain(node.Jobs.Values, job => !job.Finished));
    });

    [Fact]
    public void A_policy_edited_in_mid_run_finishes_what_is_in_flight_and_plans_anew() => ForEachSeed((cluster, _) =>
    {
        Run(cluster, cluster => cluster.Nodes.Any(node => node.Status.Phase != NodePhase.Idle));
        cluster.Policy!.Metadata.Generation = 2;
        Run(cluster, cluster => cluster.Nodes.All(Settled) && cluster.Runs[0].Status.Phase == RunPhase.Superseded);

        Assert.All(cluster.Nodes, node => Assert.True(node.Patched && !node.Unschedulable));
    });

    private static bool Quiet(SimulatedNode node) =>
        !NodePhases.HoldsSlot(node.Spec, node.Status) && node.Jobs.Values.All(job => job.Finished) && !(node.Ready && node.CordonedBy is not null);

    private static bool Settled(SimulatedNode node) =>
        Quiet(node) && node is { Patched: true, RebootDue: false, Ready: true, Spec.Operation: null } && node.Status.Compliance?.State == ComplianceState.Compliant;

    private static void Run(SimulatedCluster cluster, Predicate<SimulatedCluster> until)
    {
        for (var step = 0; step < 60_000; step++)
        {
            // Faults must not be so many for so long that a step loses every attempt it has.
            cluster.Faulty = step < 2_000 && cluster.Nodes.All(node => node.Status.Attempt < 2);
            if (until(cluster))
                return;
            cluster.Step();
        }

        Assert.Fail($"the cluster did not settle by {cluster.Now:O}");
    }

    private static void ForEachSeed(Action<SimulatedCluster, Random> scenario)
    {
        for (var seed = 0; seed < Seeds; seed++)
        {
            var random = new Random(seed);
            var budget = random.Next(1, 3);
            var cluster = new SimulatedCluster(seed, random.Next(2, 6), spec => spec with
            {
                Rollout = new RolloutSettings { MaxUnavailable = budget, MinReadySeconds = 5 },
                Drain = new DrainSettings { Mode = (DrainMode)random.Next(3) },
            });
            try
            {
                scenario(cluster, random);
            }
            catch (Exception exception)
            {
                Assert.Fail($"seed {seed}: {exception.Message}\n{string.Join('\n', cluster.Log.TakeLast(40))}");
            }
        }
    }
}
