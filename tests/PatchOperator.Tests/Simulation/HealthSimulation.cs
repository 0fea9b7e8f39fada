using PatchOperator.Api;
using static PatchOperator.Tests.Simulation.Scenarios;

namespace PatchOperator.Tests.Simulation;

/// <summary>Rollouts that depend on health checks, under random faults.</summary>
public class HealthSimulation
{
    [Fact]
    public void Nothing_begins_before_every_check_passes() => ForEachSeed(
        (cluster, random) =>
        {
            cluster.Health.Break("api", "Deployment shop/api: Available is False", known: random.Next(2) == 0);
            cluster.Run(() => cluster.Runs.Any(run => run.Status.Gates.Any(gate => gate.Name == "Healthy")));
            cluster.Pass(TimeSpan.FromMinutes(random.Next(0, 60)));
            Assert.All(cluster.Nodes.All, node => Assert.Null(cluster.Patch(node)!.Spec.Operation));
            cluster.Health.Mend("api");
            Settles(cluster);
        },
        policy => With(policy, CheckTime.BeforeWave));

    [Fact]
    public void A_check_before_each_node_holds_back_those_that_have_not_begun() => ForEachSeed(
        (cluster, random) =>
        {
            for (var round = 0; round < 3; round++)
            {
                var turns = Turns(cluster);
                cluster.Run(() => Turns(cluster) > turns || cluster.Nodes.All.All(cluster.IsSettled));
                cluster.Health.Break("api", "alerts: ApiDown (firing)");
                cluster.Pass(TimeSpan.FromMinutes(random.Next(2, 10)));
                cluster.Health.Mend("api");
            }

            Settles(cluster);
        },
        policy => With(policy, CheckTime.BeforeNode));

    [Fact]
    public void What_fails_while_a_canary_soaks_halts_the_run_until_a_person_lets_it_go_on() => ForEachSeed(
        (cluster, random) =>
        {
            var soaking = Soaking(cluster);
            var turns = Turns(cluster);
            cluster.Health.Break("api", "Deployment shop/api: Available is False");
            cluster.Run(() => soaking().Status.Phase == RunPhase.Halted);
            Assert.Equal(turns, Turns(cluster));
            // It stays halted, whatever is found later.
            cluster.Health.Mend("api");
            cluster.Pass(TimeSpan.FromMinutes(random.Next(60, 300)));
            cluster.Run(() => cluster.Nodes.All.All(cluster.IsQuiet));
            Assert.Equal(RunPhase.Halted, soaking().Status.Phase);
            cluster.Resume(soaking());
            Settles(cluster);
        },
        policy => With(policy, CheckTime.Soak) with { Rollout = policy.Rollout with { Waves = [new RolloutWave { Name = "canary", Size = 1, Soak = "30m" }] } },
        nodes: 5);

    [Fact]
    public void A_soak_ends_once_what_could_not_be_found_out_is_found_out() => ForEachSeed(
        (cluster, random) =>
        {
            var soaking = Soaking(cluster);
            var turns = Turns(cluster);
            cluster.Health.Break("api", "no answer within 10 s", known: false);
            cluster.Pass(TimeSpan.FromMinutes(random.Next(30, 60)));
            cluster.Run(() => soaking().Status.Message.Contains("has soaked; check api cannot be evaluated", StringComparison.Ordinal));
            Assert.Equal(turns, Turns(cluster));
            cluster.Health.Mend("api");
            Settles(cluster);
        },
        policy => With(policy, CheckTime.Soak) with { Rollout = policy.Rollout with { Waves = [new RolloutWave { Name = "canary", Size = 1, Soak = "20m" }] } },
        nodes: 5);

    internal static PatchPolicySpec With(PatchPolicySpec policy, params CheckTime[] times) => policy with
    {
        HealthChecks =
        [
            new HealthCheck
            {
                Name = "api",
                Object = new ObjectCheck { ApiVersion = "apps/v1", Kind = "Deployment", Namespace = "shop", Name = "api", Condition = "Available" },
                During = [.. times],
            },
        ],
    };

    // Nodes whose first scan takes too long have a run of their own.
    private static Func<PatchRun> Soaking(SimulatedCluster cluster)
    {
        cluster.Run(() => cluster.Runs.Any(run => run.Status.Phase == RunPhase.Soaking));
        var name = cluster.Runs.First(run => run.Status.Phase == RunPhase.Soaking).Metadata.Name;
        return () => cluster.Store.Find<PatchRun>(name)!;
    }

    private static int Turns(SimulatedCluster cluster) => cluster.Nodes.All.Count(node => cluster.Patch(node)?.Status.LastOperation is not null);
}
