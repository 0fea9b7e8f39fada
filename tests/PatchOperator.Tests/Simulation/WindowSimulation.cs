using System.Globalization;
using PatchOperator.Api;
using static PatchOperator.Tests.Simulation.Scenarios;

namespace PatchOperator.Tests.Simulation;

/// <summary>Windows by the local time of nodes, and freezes, under random faults. It begins on Friday, 11:50 UTC.</summary>
public class WindowSimulation
{
    private static readonly string[] Zones = ["Asia/Tokyo", "Europe/Berlin", "America/New_York"];

    private static readonly PatchWindowSpec Everywhere = new()
    {
        Schedules = [new WindowSchedule { Cron = "0 23 * * *" }],
        Duration = "2h",
        Cutoff = "30m",
        Timing = WindowTiming.NodeLocal,
    };

    [Fact]
    public void By_local_time_one_run_goes_from_zone_to_zone() => ForEachSeed(
        (cluster, _) =>
        {
            cluster.Run(() => cluster.Nodes.All.All(cluster.IsSettled) && cluster.Runs.All(run => run.Status.Phase == RunPhase.Succeeded));
            Assert.All(cluster.Nodes.All, node => Assert.False(cluster.IsCordoned(node), $"{node.Name} is left cordoned"));
            Assert.All(cluster.Runs, run => Assert.NotNull(run.Spec.WindowDay));
        },
        nodes: 6,
        window: Everywhere,
        zones: Zones);

    [Fact]
    public void A_canary_in_the_last_zone_is_waited_for_until_the_next_day_and_not_repeated() => ForEachSeed(
        (cluster, _) =>
        {
            cluster.Run(() => cluster.Nodes.All.All(cluster.IsSettled) && cluster.Runs.All(run => run.Status.Phase == RunPhase.Succeeded), TimeSpan.FromDays(4));
            Assert.Single(cluster.Runs[0].Status.Waves, wave => wave is { Name: "canary", Succeeded: 1, Total: 1 });
        },
        policy => policy with { Rollout = policy.Rollout with { Waves = [new RolloutWave { Name = "canary", Size = 1, Soak = "1h" }] } },
        seeds: 10,
        nodes: 5,
        window: Everywhere,
        zones: [.. Zones.Reverse()]);

    [Fact]
    public void A_node_whose_zone_does_not_exist_is_left_alone_and_named() => ForEachSeed(
        (cluster, _) =>
        {
            var (lost, others) = (cluster.Nodes["node-2"]!, cluster.Nodes.All.Where(node => node.Name != "node-2").ToList());
            cluster.Run(() => others.All(cluster.IsSettled) && cluster.Runs.All(run => run.Status.Phase == RunPhase.Succeeded));
            cluster.Run(() => cluster.Store.Find<PatchPolicy>("workers")!.Status.Attention.Any(node => node is { Node: "node-2", Reason: Reasons.TimeZoneUnknown }));
            Assert.Null(cluster.Patch(lost)!.Spec.Operation);
        },
        seeds: 10,
        nodes: 3,
        window: Everywhere,
        zones: ["Asia/Tokyo", "Asia/Tokio", "Europe/Berlin"]);

    /// <summary>Somewhere within the opening, known beforehand: the node that would reach into it is not begun.</summary>
    [Fact]
    public void A_freeze_in_mid_run_stops_it_and_it_goes_on_after() => ForEachSeed((cluster, random) =>
    {
        cluster.Freeze("incident", At(cluster, random.Next(11, 100)), $"{random.Next(1, 240)}m");
        Settles(cluster);
    });

    [Fact]
    public void A_freeze_that_somebody_writes_in_mid_run_stops_it_and_lasts_until_it_is_taken_back() => ForEachSeed((cluster, random) =>
    {
        cluster.Run(() => cluster.Nodes.All.Any(node => InFlight(cluster, node)));
        cluster.Freeze("incident", At(cluster, 0), random.Next(2) == 0 ? "3h" : "for ever");
        var until = cluster.Now.AddMinutes(random.Next(10, 200));
        cluster.Run(() => cluster.Now >= until);
        cluster.Store.Delete(PatchWindow.KindName, "incident");
        Settles(cluster);
    });

    [Fact]
    public void In_a_blackout_of_the_window_itself_no_node_is_begun() => ForEachSeed(
        (cluster, _) =>
        {
            var over = new DateTimeOffset(2026, 11, 20, 13, 0, 0, TimeSpan.Zero);
            string? early = null;
            cluster.Store.Changed += change => early ??= change.Object.Kind == NodePatch.KindName && cluster.Now < over ? Invariants.Admitted(change)?.Metadata.Name : null;
            Settles(cluster);
            Assert.Null(early);
        },
        window: new PatchWindowSpec
        {
            Schedules = [new WindowSchedule { Cron = "0 12 * * *" }],
            Duration = "2h",
            Cutoff = "30m",
            Blackouts = [new WindowBlackout { Name = "audit", From = "2026-11-20T11:00", To = "2026-11-20T13:00" }],
        });

    private static void Settles(SimulatedCluster cluster)
    {
        cluster.Run(() => cluster.Nodes.All.All(cluster.IsSettled) && cluster.Runs.All(run => run.Status.Phase == RunPhase.Succeeded));
        Assert.All(cluster.Nodes.All, node => Assert.False(cluster.IsCordoned(node), $"{node.Name} is left cordoned"));
    }

    private static string At(SimulatedCluster cluster, int minutes) => cluster.Now.AddMinutes(minutes).ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture);
}
