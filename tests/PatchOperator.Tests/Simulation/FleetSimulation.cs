using System.Globalization;
using PatchOperator.Api;
using Xunit.Abstractions;

namespace PatchOperator.Tests.Simulation;

/// <summary>How long a fleet takes in virtual time, against what its budget and waves allow: <c>make simulate STORY=FleetSimulation NODES=10000</c>.</summary>
public class FleetSimulation(ITestOutputHelper output)
{
    private const double Budget = 0.05;
    private static readonly TimeSpan Soak = TimeSpan.FromMinutes(30);

    [Fact]
    public void A_fleet_is_patched_in_hardly_more_time_than_its_budget_and_waves_allow()
    {
        var nodes = int.Parse(Environment.GetEnvironmentVariable("NODES") is { Length: > 0 } given ? given : "300", CultureInfo.InvariantCulture);
        var window = new PatchWindowSpec { Schedules = [new WindowSchedule { Cron = "0 12 * * *" }], Duration = "23h" };
        using var cluster = new SimulatedCluster(null, nodes, Waves, maxScans: nodes / 10, window: window);
        var turns = new Turns(cluster);

        cluster.Run(() => cluster.Runs is [{ Status.Phase: RunPhase.Succeeded }]);

        List<int> waves = [.. cluster.Runs[0].Status.Waves.Select(wave => wave.Succeeded)];
        Assert.Equal(nodes, waves.Sum());
        var atOnce = (int)(nodes * Budget);
        var floor = (2 * Soak) + waves.Aggregate(TimeSpan.Zero, (sum, wave) => sum + (turns.Shortest * Math.Ceiling((double)wave / atOnce)));
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{nodes} nodes, {atOnce} at once, waves of {string.Join(", ", waves)}: {turns.All:h\\:mm\\:ss}, floor {floor:h\\:mm\\:ss}, ratio {turns.All / floor:0.000}"));
        Assert.InRange(turns.All / floor, 1, 1.1);
    }

    private static PatchPolicySpec Waves(PatchPolicySpec policy) => policy with
    {
        Drain = new DrainSettings { Mode = DrainMode.Always },
        Reboot = new RebootSettings { Mode = RebootMode.Always },
        Rollout = new PolicyRollout
        {
            MaxUnavailable = "5%",
            Waves = [new RolloutWave { Name = "canary", Size = 1, Soak = "30m" }, new RolloutWave { Name = "early", Size = "10%", Soak = "30m" }],
        },
    };

    // From the first admission to the last success, and the shortest turn.
    private sealed class Turns
    {
        private readonly Dictionary<string, DateTimeOffset> begun = [];
        private DateTimeOffset last;

        public Turns(SimulatedCluster cluster) => cluster.Store.Changed += change =>
        {
            if (change is not { Object.Kind: NodePatch.KindName, After: { } after })
                return;
            if (Invariants.Admitted(change) is not null)
                begun[after.Name] = cluster.Now;
            if (!Succeeded(after) || (change.Before is { } before && Succeeded(before)))
                return;
            last = cluster.Now;
            Shortest = TimeSpan.FromTicks(Math.Min(Shortest.Ticks, (last - begun[after.Name]).Ticks));
        };

        public TimeSpan Shortest { get; private set; } = TimeSpan.MaxValue;

        public TimeSpan All => last - begun.Values.Min();

        private static bool Succeeded(StoredObject patch) => patch.As<NodePatch>().Status.LastOperation?.Result == OperationResult.Succeeded;
    }
}
