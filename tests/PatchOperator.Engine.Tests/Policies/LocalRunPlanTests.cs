using PatchOperator.Api;
using PatchOperator.Engine.Plans;
using PatchOperator.Engine.Policies;
using PatchOperator.Engine.World;
using static PatchOperator.Engine.Tests.Given;
using static PatchOperator.Engine.Tests.Runs.GivenRuns;

namespace PatchOperator.Engine.Tests.Policies;

/// <summary>Runs of a window that goes by the local time of nodes: Tokyo from 14:00 UTC on the 20th, Berlin from 22:00, New York from 04:00 on the 21st, four hours each.</summary>
public class LocalRunPlanTests
{
    private static readonly NodeView Tokyo = Pending("t").GoingBy("Asia/Tokyo");
    private static readonly NodeView Berlin = Pending("b").GoingBy("Europe/Berlin");
    private static readonly NodeView NewYork = Pending("n").GoingBy("America/New_York");
    private static readonly NodeView Atlantis = Pending("a").GoingBy("Europe/Berln");

    [Theory]
    [InlineData(2)]
    [InlineData(10)]
    [InlineData(16)]
    public void One_run_is_planned_for_all_zones_as_one_of_them_opens_and_named_after_the_local_date(int hours)
    {
        var (run, _) = NextRun(At(hours, Tokyo, Berlin, NewYork));

        Assert.Equal(("workers-20261120", "2026-11-20", Noon.AddHours(2)), (run!.Name, run.Spec.WindowDay, run.Spec.WindowOpenedAt));
        Assert.Equal(["b", "n", "t"], run.Plan.Nodes.Select(node => node.Name));
    }

    [Theory]
    [InlineData(0, "Asia/Tokyo opens next, at 2026-11-20 14:00 UTC, for 1 of them")]
    [InlineData(5, "Europe/Berlin opens next, at 2026-11-20 22:00 UTC, for 2 of them")]
    [InlineData(8, "Europe/Berlin opens next, at 2026-11-20 22:00 UTC, for 2 of them")]
    [InlineData(20, "Asia/Tokyo opens next, at 2026-11-21 14:00 UTC, for 1 of them")]
    public void While_no_zone_takes_nodes_the_policy_says_which_opens_next(int hours, string next)
    {
        var (run, standing) = NextRun(At(hours, Tokyo, Berlin, NewYork, Pending("c").GoingBy("Europe/Berlin")));

        Assert.Null(run);
        Assert.Equal((Reasons.WaitingForWindow, $"4 nodes need patching and wait for the window in their zones: {next}"), (standing.Reason, standing.Message));
    }

    [Fact]
    public void Nothing_is_planned_while_only_zones_are_open_that_need_nothing()
    {
        var (run, standing) = NextRun(At(2, View("t", Scanned()).GoingBy("Asia/Tokyo"), Berlin));

        Assert.Null(run);
        Assert.Equal("1 nodes need patching and wait for the window in their zones: Europe/Berlin opens next, at 2026-11-20 22:00 UTC, for 1 of them", standing.Message);
    }

    [Theory]
    [InlineData(10, "2026-11-20", null)]
    [InlineData(10, "2026-11-19", "workers-20261120")]
    [InlineData(34, "2026-11-20", "workers-20261121")]
    public void A_node_that_failed_is_left_alone_until_the_next_date_whatever_zone_opens(int hours, string failedIn, string? planned)
    {
        var failed = Finished("b", OperationResult.Failed, Package("openssl")).GoingBy("Europe/Berlin");
        var run = ARun(RunPhase.Failed);
        run.Spec = run.Spec with { WindowDay = failedIn };

        Assert.Equal(planned, NextRun(At(hours, failed) with { Runs = [run] }).Run?.Name);
    }

    [Fact]
    public void What_was_cancelled_stays_so_in_every_zone_of_the_opening()
    {
        var run = ARun(RunPhase.Cancelled);
        (run.Spec, run.Status) = (run.Spec with { WindowDay = "2026-11-20" }, run.Status with { CancelledAt = Noon.AddHours(3) });

        Assert.Equal(Reasons.RunCancelled, NextRun(At(10, Berlin) with { Runs = [run] }).Standing.Reason);
        Assert.Equal("workers-20261121", NextRun(At(34, Berlin) with { Runs = [run] }).Run?.Name);
    }

    /// <summary>At 10:30 UTC it is Saturday night in Auckland, and still Friday night in Los Angeles.</summary>
    [Fact]
    public void Where_two_openings_last_the_earlier_comes_first_and_then_the_later()
    {
        var (auckland, angeles) = (Pending("a").GoingBy("Pacific/Auckland"), Pending("l").GoingBy("America/Los_Angeles"));
        var both = At(22, auckland, angeles) with { Windows = Everywhere(Noon.AddHours(22).AddMinutes(-90), "Pacific/Auckland", "America/Los_Angeles") };
        var tried = Finished("l", OperationResult.Failed, Package("openssl")).GoingBy("America/Los_Angeles");
        var run = ARun(RunPhase.Failed);
        run.Spec = run.Spec with { WindowDay = "2026-11-20" };
        var later = both with { Windows = Everywhere(Noon.AddHours(22), "Pacific/Auckland", "America/Los_Angeles"), Nodes = Of(auckland, tried), Runs = [run] };

        Assert.Equal("2026-11-20", NextRun(both).Run!.Spec.WindowDay);
        Assert.Equal("2026-11-21", NextRun(later).Run!.Spec.WindowDay);
    }

    [Fact]
    public void A_node_whose_zone_does_not_exist_is_in_no_plan_and_named_with_the_closest()
    {
        var input = At(10, Berlin, Atlantis);
        var attention = Assert.Single(PolicyStatus.Of(input, Standing.Settled, new Emergencies(input)).Attention);

        Assert.Equal("b", Assert.Single(NextRun(input).Run!.Plan.Nodes).Name);
        Assert.Equal(("a", ComplianceState.NonCompliant, Reasons.TimeZoneUnknown), (attention.Node, attention.State, attention.Reason));
        Assert.Equal("annotation patchoperator.io/time-zone: \"Europe/Berln\" is not a known IANA time zone; the closest is Europe/Berlin", attention.Message);
    }

    [Theory]
    [InlineData(0, 2)]
    [InlineData(2, 10)]
    [InlineData(8, 10)]
    [InlineData(17, 26)]
    public void The_policy_foresees_the_next_zone_that_opens(int hours, int opens)
    {
        var input = At(hours, Tokyo, Berlin, NewYork);

        Assert.Equal(Noon.AddHours(opens), PolicyStatus.Of(input, Standing.Settled, new Emergencies(input)).NextWindow?.OpensAt);
    }

    [Fact]
    public void Where_no_zone_is_known_nothing_is_planned_and_the_policy_says_why()
    {
        var (run, standing) = NextRun(At(10, Atlantis));

        Assert.Null(run);
        Assert.Equal(Reasons.TimeZoneUnknown, standing.Reason);
        Assert.StartsWith("1 nodes need patching, and go by no known time zone, such as a: annotation", standing.Message, StringComparison.Ordinal);
    }

    /// <summary>Else a run that waits for its approval would be superseded whenever a zone closes.</summary>
    [Fact]
    public void What_would_be_planned_in_the_place_of_a_run_does_not_depend_on_which_zones_are_open()
    {
        var made = NextRun(At(2, Tokyo, Berlin, NewYork, Atlantis)).Run!;
        var run = ARun(RunPhase.PendingApproval);
        run.Spec = made.Spec;

        foreach (var hours in new[] { 2, 8, 10, 16 })
        {
            var input = At(hours, Tokyo, Berlin, NewYork, Atlantis);
            Assert.Equal(made.Plan.Nodes, Planner.InPlaceOf(run, new PolicyTerms(input.Policy, []), input.Nodes, [run], input.Windows)!.Nodes);
        }
    }

    private static PolicyInput At(int hours, params NodeView[] views) =>
        Input(views) with { Now = Noon.AddHours(hours), Windows = Everywhere(Noon.AddHours(hours)) };
}
