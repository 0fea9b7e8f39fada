using k8s.Models;
using PatchOperator.Api;
using PatchOperator.Engine.Decisions;
using PatchOperator.Engine.Windows;
using PatchOperator.Engine.World;
using static PatchOperator.Engine.Tests.Given;

namespace PatchOperator.Engine.Tests.Windows;

/// <summary>What a window says of the zones that nodes go by, and of how many do.</summary>
public class WindowZonesTests
{
    [Fact]
    public void Each_zone_of_the_nodes_of_its_policies_is_told_with_its_next_opening()
    {
        var status = Decide(Cluster(WindowTiming.NodeLocal)).Status;

        Assert.Equal(
            [Zone("Asia/Tokyo", 2, 2), Zone("Europe/Berlin", 1, 10), Zone("America/New_York", 1, 16)],
            status.Zones);
        Assert.Equal(new WindowOpening { OpensAt = Noon.AddHours(2), ClosesAt = Noon.AddHours(20) }, status.Upcoming[0]);
        Assert.Equal((Noon, Limits.UpcomingOpenings), (status.CountedAt, status.Upcoming.Count));
    }

    [Fact]
    public void While_one_zone_is_open_the_window_is_and_says_in_how_many()
    {
        var (cluster, now) = (Cluster(WindowTiming.NodeLocal), Noon.AddHours(2));
        var status = Decide(cluster, now).Status;

        Assert.True(status.Zones[0].Open);
        Assert.Equal([false, false], status.Zones.Skip(1).Select(zone => zone.Open));
        Assert.Equal(("True", "open in 1 of 3 zones"), Open(status));
        Assert.Equal(("False", "closed"), Open(Decide(cluster, Noon.AddHours(8)).Status));
        Assert.Equal(TimeSpan.FromHours(2), Decide(cluster, Noon.AddHours(8)).WakeUp);
    }

    [Fact]
    public void With_the_timing_Absolute_there_is_one_zone_with_all_nodes() =>
        Assert.Equal([Zone("UTC", 5, 11)], Decide(Cluster(WindowTiming.Absolute)).Status.Zones);

    [Fact]
    public void A_node_that_moves_comes_or_goes_is_counted_where_it_is()
    {
        var cluster = Cluster(WindowTiming.NodeLocal);
        var moved = cluster.WithNode("n1", Node("n1", "Europe/Berlin")).WithNode("n3", null).WithNode("n9", Node("n9", "Asia/Tokyo"));

        Assert.Equal(["Asia/Tokyo 2", "Europe/Berlin 1", "America/New_York 1"], Decide(moved).Status.Zones.Select(zone => $"{zone.TimeZone} {zone.Nodes}"));
        Assert.Equal(["Asia/Tokyo 2"], Decide(moved.WithNode("n1", null).WithNode("n4", null)).Status.Zones.Select(zone => $"{zone.TimeZone} {zone.Nodes}"));
    }

    /// <summary>Nodes come by the hundred as a cluster grows.</summary>
    [Fact]
    public void Counts_that_alone_have_changed_are_written_five_seconds_later()
    {
        var cluster = Cluster(WindowTiming.NodeLocal);
        var window = cluster.Windows["nightly"]!.Window;
        window.Status = Decide(cluster).Status;
        var grown = cluster.WithWindow("nightly", window).WithNode("n9", Node("n9", "Asia/Tokyo"));

        var (early, late) = (Decide(grown, Noon.AddSeconds(2)), Decide(grown, Noon.AddSeconds(5)));

        Assert.Same(window.Status, early.Status);
        Assert.Equal(TimeSpan.FromSeconds(3), early.WakeUp);
        Assert.Equal((3, Noon.AddSeconds(5)), (late.Status.Zones[0].Nodes, late.Status.CountedAt));
        Assert.Equal(Noon, Decide(cluster.WithWindow("nightly", window), Noon.AddSeconds(9)).Status.CountedAt);
    }

    [Fact]
    public void Of_more_zones_than_there_is_room_for_those_with_the_most_nodes_are_told()
    {
        var cluster = Cluster(WindowTiming.NodeLocal);
        var zones = NodaTime.DateTimeZoneProviders.Tzdb.Ids.Where(id => Engine.Calendars.TimeZones.Canonical(id) == id).Take(60).ToList();
        foreach (var (zone, index) in zones.Select((zone, index) => (zone, index)))
            cluster = cluster.WithNode($"z{index}", Node($"z{index}", zone));

        var told = Decide(cluster).Status.Zones;

        Assert.Equal((Limits.WindowZones, 2), (told.Count, told.Max(zone => zone.Nodes)));
        Assert.Equal(told.OrderBy(zone => zone.OpensAt), told);
    }

    /// <summary>Nobody knows when that is: no window is open for it.</summary>
    [Fact]
    public void A_node_whose_zone_does_not_exist_is_in_none() =>
        Assert.Equal(4, Decide(Cluster(WindowTiming.NodeLocal)).Status.Zones.Sum(zone => zone.Nodes));

    private static (string, string) Open(PatchWindowStatus status) =>
        status.Conditions.Where(condition => condition.Type == ConditionTypes.Open).Select(condition => (condition.Status, condition.Message)).Single();

    private static WindowZone Zone(string name, int nodes, int opensIn) =>
        new() { TimeZone = name, Nodes = nodes, OpensAt = Noon.AddHours(opensIn), ClosesAt = Noon.AddHours(opensIn + 4) };

    private static Decision<PatchWindowStatus> Decide(Snapshot cluster, DateTimeOffset? now = null) =>
        new WindowDecider().Decide(cluster.Windows["nightly"]!.Window, cluster, Answers.None, now ?? Noon);

    private static NodeFacts Node(string name, string zone) =>
        ANode(name) with { Annotations = new Dictionary<string, string> { [ApiGroup.TimeZoneAnnotation] = zone } };

    private static Snapshot Cluster(WindowTiming timing)
    {
        var cluster = Snapshot.Empty.WithPolicy("workers", APolicy()).WithWindow("nightly", new PatchWindow
        {
            Metadata = new V1ObjectMeta { Name = "nightly", Uid = "nightly", Generation = 1 },
            Spec = new PatchWindowSpec { Schedules = [new WindowSchedule { Cron = "0 23 * * *" }], Duration = "4h", Cutoff = "1h", Timing = timing },
        });
        foreach (var (zone, index) in new[] { "Asia/Tokyo", "Asia/Tokyo", "Europe/Berlin", "America/New_York", "Atlantis" }.Select((zone, index) => (zone, index)))
            cluster = cluster.WithNode($"n{index + 1}", Node($"n{index + 1}", zone));
        return cluster;
    }
}
