using PatchOperator.Api;
using PatchOperator.Engine.Compliances;
using static PatchOperator.Engine.Tests.Given;

namespace PatchOperator.Engine.Tests.Compliances;

public class ScanScheduleTests
{
    private static readonly ScanSettings Daily = new();

    [Fact]
    public void The_first_scan_and_the_one_after_a_reboot_are_due_at_once()
    {
        Assert.Null(ScanSchedule.NextAt(Daily, new NodePatchStatus(), "uid", "boot-1", null));
        Assert.Null(ScanSchedule.NextAt(Daily, Scanned(), "uid", "boot-2", null));
    }

    [Fact]
    public void Nodes_that_joined_together_are_spread_over_a_tenth_of_the_interval()
    {
        var last = Noon.AddHours(-1);
        var times = Enumerable.Range(0, 1000).Select(number => ScanSchedule.NextAt(Daily, Scanned(), $"uid-{number}", "boot-1", null)!.Value).ToList();

        Assert.All(times, time => Assert.InRange(time, last.AddHours(21.6), last.AddHours(24)));
        Assert.InRange(times.Distinct().Count(), 500, 1000);
        Assert.Equal(times[0], ScanSchedule.NextAt(Daily, Scanned(), "uid-0", "boot-1", null));
    }

    [Fact]
    public void A_scan_whose_details_were_lost_is_made_again_soon() =>
        Assert.Equal(
            Noon.AddMinutes(-50),
            ScanSchedule.NextAt(Daily, Scanned() with { LastScan = new NodeScan { Time = Noon.AddHours(-1), DetailsUnavailable = true } }, "uid", "boot-1", null));

    [Theory]
    [InlineData(-51, false)]
    [InlineData(-49, true)]
    public void A_node_that_is_Ready_again_is_scanned_at_once_unless_it_was_a_moment_ago(int minutes, bool atOnce) =>
        Assert.Equal(atOnce, ScanSchedule.NextAt(Daily, Scanned(), "uid", "boot-1", Noon.AddMinutes(minutes)) is null);

    [Theory]
    [InlineData(-30, -70, true)]
    [InlineData(-61, -60, false)]
    [InlineData(-60, -70, false)]
    [InlineData(-30, null, true)]
    public void A_node_that_fell_behind_is_scanned_at_once_unless_a_scan_has_begun_since_or_found_it(int sinceMinutes, int? startedMinutes, bool atOnce)
    {
        var status = Scanned() with { Quarantine = new NodeQuarantine { Since = Noon.AddMinutes(sinceMinutes) } };
        status = status with { LastScan = status.LastScan! with { StartedAt = startedMinutes is { } minutes ? Noon.AddMinutes(minutes) : null } };

        Assert.Equal(atOnce, ScanSchedule.NextAt(Daily, status, "uid", "boot-1", null) is null);
        Assert.NotNull(ScanSchedule.NextAt(Daily, status with { Quarantine = status.Quarantine! with { ReleasedAt = Noon } }, "uid", "boot-1", null));
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData(-61, true)]
    [InlineData(-60, false)]
    public void In_an_emergency_a_node_is_scanned_at_once_unless_a_scan_has_begun_since(int? startedMinutes, bool atOnce)
    {
        var status = Scanned() with { LastScan = Scanned().LastScan! with { StartedAt = startedMinutes is { } minutes ? Noon.AddMinutes(minutes) : null } };

        Assert.Equal(atOnce, ScanSchedule.NextAt(Daily, status, "uid", "boot-1", null, since: Noon.AddHours(-1)) is null);
    }

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, false)]
    public void In_an_emergency_a_scan_that_failed_before_it_is_tried_again_at_once(int failedMinutes, bool atOnce)
    {
        var status = Scanned() with { ScanFailure = new ScanFailure { At = Noon.AddMinutes(failedMinutes), Count = 9 } };

        Assert.Equal(atOnce, ScanSchedule.NextAt(Daily, status, "uid", "boot-1", null, since: Noon) is null);
    }

    [Fact]
    public void In_an_emergency_a_scan_whose_details_were_lost_is_made_again_within_a_minute()
    {
        var status = Scanned() with { LastScan = new NodeScan { Time = Noon, StartedAt = Noon, DetailsUnavailable = true } };

        Assert.Equal(Noon.AddMinutes(1), ScanSchedule.NextAt(Daily, status, "uid", "boot-1", null, since: Noon));
    }

    [Fact]
    public void A_failed_scan_waits_whatever_else_would_make_one_due() =>
        Assert.Equal(
            Noon.AddMinutes(2),
            ScanSchedule.NextAt(Daily, new NodePatchStatus { ScanFailure = new ScanFailure { At = Noon, Count = 2 } }, "uid", "boot-2", null));
}
