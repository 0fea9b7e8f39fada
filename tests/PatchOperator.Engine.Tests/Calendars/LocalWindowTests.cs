using PatchOperator.Api;
using PatchOperator.Engine.Calendars;
using static PatchOperator.Engine.Tests.Calendars.Time;
using static PatchOperator.Engine.Tests.Calendars.WindowBuilder;

namespace PatchOperator.Engine.Tests.Calendars;

/// <summary>Windows with the timing NodeLocal, in all zones together. 20 November 2026 is a Friday.</summary>
public class LocalWindowTests
{
    private const string Day20 = "2026-11-20 14:00 to 2026-11-21 08:00";
    private const string Day21 = "2026-11-21 14:00 to 2026-11-22 08:00";

    private static readonly string[] _zones = ["Asia/Tokyo", "Europe/Berlin", "America/New_York"];

    private static WindowBuilder Night => AWindow("0 23 * * *").For("4h").WithCutoff("1h").With(spec => spec with { Timing = WindowTiming.NodeLocal, TimeZone = "Europe/Berlin" });

    [Theory]
    [InlineData("2026-11-20 13:59", "", "none", false, "never", "2026-11-20 14:00", Day20)]
    [InlineData("2026-11-20 14:00", "Asia/Tokyo", Day20, true, "2026-11-20 17:00", "2026-11-20 17:00", Day21)]
    [InlineData("2026-11-20 17:00", "Asia/Tokyo", Day20, false, "never", "2026-11-20 18:00", Day21)]
    [InlineData("2026-11-20 19:00", "", Day20, false, "never", "2026-11-20 22:00", Day21)]
    [InlineData("2026-11-20 22:00", "Europe/Berlin", Day20, true, "2026-11-21 01:00", "2026-11-21 01:00", Day21)]
    [InlineData("2026-11-21 04:00", "America/New_York", Day20, true, "2026-11-21 07:00", "2026-11-21 07:00", Day21)]
    [InlineData("2026-11-21 08:00", "", "none", false, "never", "2026-11-21 14:00", Day21)]
    public void An_opening_lasts_from_the_first_zone_to_the_last(string now, string open, string current, bool accepts, string lastStart, string nextChange, string next)
    {
        var window = Look(Night, now, _zones);

        Assert.Equal(open, string.Join(", ", window.Zones.Where(zone => zone.Value.IsOpen).Select(zone => zone.Key)));
        Assert.Equal((current, current != "none", accepts), (Write(window.State.Current), window.State.IsOpen, window.State.AcceptsNodes));
        Assert.Equal((lastStart, nextChange, next), (Write(window.State.LastStart), Write(window.State.NextChange), Write(window.State.Upcoming[0])));
        Assert.Equal(current == "none" ? [] : ["2026-11-20"], window.Lasting.Select(opening => opening.Day));
    }

    /// <summary>Auckland opens on Saturday at 10:00 UTC, Los Angeles is open until 11:00 UTC, where it is Friday night still.</summary>
    [Fact]
    public void Where_zones_are_a_day_apart_two_openings_last_and_each_is_that_of_its_date()
    {
        var window = Look(Night, "2026-11-21 10:30", "Pacific/Auckland", "America/Los_Angeles");

        Assert.Equal(["2026-11-20", "2026-11-21"], window.Lasting.Select(opening => opening.Day));
        Assert.Equal(["2026-11-20 10:00 to 2026-11-21 11:00", "2026-11-21 10:00 to 2026-11-22 11:00"], window.Lasting.Select(opening => Write(opening.Opening)));
        Assert.Equal(("2026-11-21", "2026-11-20"), (window.Zones["Pacific/Auckland"].Day, window.Zones["America/Los_Angeles"].Day));
    }

    /// <summary>Two openings on one date are one, and so is what a blackout leaves of one.</summary>
    [Fact]
    public void All_of_a_local_date_is_one_opening()
    {
        var twice = AWindow("0 1,20 * * *").For("1h").BlackedOut("2026-11-20T20:15", "2026-11-20T20:30").With(spec => spec with { Timing = WindowTiming.NodeLocal });

        foreach (var now in new[] { "2026-11-20 02:00", "2026-11-20 12:00", "2026-11-20 15:59" })
            Assert.Equal(["2026-11-20"], Look(twice, now, _zones).Lasting.Select(opening => opening.Day));
        foreach (var (now, days) in new[] { ("2026-11-19 17:00", new[] { "2026-11-19", "2026-11-20" }), ("2026-11-21 01:30", ["2026-11-20", "2026-11-21"]) })
            Assert.Equal(days, Look(twice, now, _zones).Lasting.Select(opening => opening.Day));
        Assert.Equal("2026-11-19 16:00 to 2026-11-21 02:00", Write(Look(twice, "2026-11-20 12:00", _zones).State.Current));
    }

    [Fact]
    public void A_window_that_is_always_open_is_one_opening_a_week_in_all_zones()
    {
        var always = AWindow("0 0 * * *").For("1d").With(spec => spec with { Timing = WindowTiming.NodeLocal });
        foreach (var now in new[] { "2026-11-16 00:00", "2026-11-16 12:00", "2026-11-20 12:00", "2026-11-22 23:59" })
            Assert.Equal(["2026-11-16"], Look(always, now, "Pacific/Kiritimati", "UTC", "Pacific/Pago_Pago").Lasting.Select(opening => opening.Day));
    }

    [Fact]
    public void Without_nodes_it_goes_by_its_own_zone() => Assert.Equal("2026-11-20 22:00 to 2026-11-21 02:00", Write(Look(Night, "2026-11-20 12:00").State.Upcoming[0]));

    /// <summary>On New Year's Eve in Tokyo the year has not changed in New York.</summary>
    [Fact]
    public void A_blackout_without_a_zone_is_in_that_of_each_node()
    {
        var builder = Night.BlackedOut("12-31", "01-01").BlackedOut("2026-12-30T22:30", "2026-12-30T23:00", "UTC", "change");
        var window = Look(builder, "2026-12-30 12:00", _zones);

        Assert.Equal(
            ["2026-12-30 14:00 to 2026-12-30 15:00", "2026-12-30 22:00 to 2026-12-30 22:30", "2026-12-31 04:00 to 2026-12-31 05:00"],
            _zones.Select(zone => Write(window.Zones[zone].Upcoming[0])));
        Assert.Equal(
            "America/New_York, Asia/Tokyo: cut: closes as blackout 'holidays' begins; takes no node: not longer than its cutoff; Europe/Berlin: "
                + "cut: closes as blackout 'change' begins; takes no node: not longer than its cutoff",
            window.Note(window.State.Upcoming[0]));
    }

    [Theory]
    [InlineData(null, null, null, "Europe/Berlin")]
    [InlineData(null, "tokyo-1", "jp", "Asia/Tokyo")]
    [InlineData(null, "osaka-1", "jp", "Asia/Seoul")]
    [InlineData(null, null, "jp", "Asia/Seoul")]
    [InlineData(null, "jp", "tokyo-1", "Europe/Berlin")]
    [InlineData("US/Pacific", "tokyo-1", "jp", "America/Los_Angeles")]
    [InlineData("Asia/Tokio", "tokyo-1", "jp", "annotation patchoperator.io/time-zone: \"Asia/Tokio\" is not a known IANA time zone; the closest is Asia/Tokyo")]
    [InlineData("", "tokyo-1", "jp", "annotation patchoperator.io/time-zone: \"\" is not a known IANA time zone such as Europe/Berlin")]
    public void A_node_goes_by_its_annotation_its_zone_its_region_or_the_window(string? annotation, string? zone, string? region, string says)
    {
        var found = Mapped(Place("tokyo-1", null, "Asia/Tokyo"), Place(null, "jp", "Asia/Seoul")).Calendar().ZoneOf(new NodePlace(annotation, zone, region));

        Assert.Equal(says, found.Name ?? found.Problem);
    }

    [Fact]
    public void With_the_timing_Absolute_all_nodes_go_by_the_window() =>
        Assert.Equal("UTC", AWindow("@daily").Calendar().ZoneOf(new NodePlace("Asia/Tokyo", null, null)).Name);

    [Fact]
    public void What_is_wrong_with_the_map_of_zones_is_named()
    {
        Assert.Equal(
            [
                "spec.zoneMap[0]: must have exactly one of topologyZone and topologyRegion", "spec.zoneMap[1]: must have exactly one of topologyZone and topologyRegion",
                "spec.zoneMap[2].timeZone: \"Asia/Tokio\" is not a known IANA time zone; the closest is Asia/Tokyo", "spec.zoneMap[4]: names \"a\" once more",
            ],
            Mapped(Place(null, null, "UTC"), Place("a", "b", "UTC"), Place("a", null, "Asia/Tokio"), Place(null, "a", "UTC"), Place("a", null, "UTC")).Errors());
        Assert.Equal(
            ["spec.zoneMap: must have at most 100 entries, but has 101"], Mapped([.. Enumerable.Range(0, 101).Select(number => Place($"{number}", null, "UTC"))]).Errors());
        Assert.Equal(
            ["spec.zoneMap: is for the timing NodeLocal alone: with Absolute all nodes go by spec.timeZone"],
            Mapped(Place("a", null, "UTC")).With(spec => spec with { Timing = WindowTiming.Absolute }).Errors());
        Assert.Equal(
            ["spec.timing: NodeLocal is for windows that allow patching: a Blackout begins for all nodes at once"],
            Mapped().WithCutoff("0s").With(spec => spec with { Effect = WindowEffect.Blackout }).Errors());
    }

    private static LocalWindow Look(WindowBuilder window, string now, params string[] zones) => new(window.Calendar(), zones, Utc(now));

    private static WindowBuilder Mapped(params WindowPlace[] places) => Night.With(spec => spec with { ZoneMap = [.. places] });

    private static WindowPlace Place(string? zone, string? region, string timeZone) => new() { TopologyZone = zone, TopologyRegion = region, TimeZone = timeZone };
}
