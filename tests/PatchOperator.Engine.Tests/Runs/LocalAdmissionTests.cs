using PatchOperator.Api;
using PatchOperator.Engine.Runs;
using PatchOperator.Engine.Runs.Gates;
using PatchOperator.Engine.Tests.Runs.Gates;
using PatchOperator.Engine.World;
using static PatchOperator.Engine.Tests.Given;
using static PatchOperator.Engine.Tests.Runs.GivenRuns;

namespace PatchOperator.Engine.Tests.Runs;

/// <summary>Which nodes begin in which zone: Tokyo takes nodes from 14:00 to 17:00 UTC, Berlin from 22:00 to 01:00, New York from 04:00 to 07:00.</summary>
public class LocalAdmissionTests
{
    [Theory]
    [InlineData(1.99, "")]
    [InlineData(2, "t")]
    [InlineData(4.99, "t")]
    [InlineData(5, "")]
    [InlineData(9.99, "")]
    [InlineData(10, "b")]
    [InlineData(13, "")]
    [InlineData(16, "n")]
    [InlineData(26, "t")]
    public void A_node_begins_only_while_its_own_zone_takes_nodes(double hours, string admitted) =>
        Assert.Equal(admitted, string.Join(", ", Admissions.Of(State(At(hours, All))).Admitted.Select(node => node.Node)));

    [Theory]
    [InlineData(2, false, "go")]
    [InlineData(6, false, "not yet, WaitingForWindow: 3 nodes wait for the next window; Europe/Berlin opens next, at 2026-11-20 22:00 UTC, for 1 of them")]
    [InlineData(6, true, "not yet, Running: the window takes no more nodes; 1 in flight finish")]
    public void Between_two_zones_the_run_says_which_opens_next(double hours, bool inFlight, string says) =>
        Assert.Equal(says, GateWords.Of(new WindowIsOpen(), At(hours, inFlight ? [InFlight("x").GoingBy("Asia/Tokyo"), .. All] : All)));

    [Fact]
    public void While_a_zone_is_open_whose_nodes_are_done_the_run_waits_for_the_others() => Assert.Equal(
        "not yet, WaitingForWindow: 1 nodes wait for the next window; Europe/Berlin opens next, at 2026-11-20 22:00 UTC, for 1 of them",
        GateWords.Of(new WindowIsOpen(), At(2, Finished("t", OperationResult.Succeeded).GoingBy("Asia/Tokyo"), Pending("b").GoingBy("Europe/Berlin"))));

    /// <summary>The canary is in Berlin: Tokyo waits for it, though it is open.</summary>
    [Fact]
    public void A_wave_comes_before_the_zones_of_the_next()
    {
        var input = At(2, All).InWaves(new PlanWave { Name = "b" }, new PlanWave { Name = "t" }, new PlanWave { Name = "n" });

        Assert.Equal(
            "not yet, WaitingForWindow: 3 nodes wait for the next window; Europe/Berlin opens next, at 2026-11-20 22:00 UTC, for 1 of them",
            GateWords.Of(new WindowIsOpen(), input));
        Assert.Empty(Admissions.Of(State(input)).Admitted);
    }

    [Fact]
    public void A_node_whose_zone_does_not_exist_never_begins_and_does_not_keep_the_run_from_ending()
    {
        var atlantis = Pending("a").GoingBy("Atlantis");

        foreach (var hours in new[] { 2.0, 10, 16 })
            Assert.Empty(Admissions.Of(State(At(hours, atlantis))).Admitted);
        Assert.Equal("go", GateWords.Of(new NodesLeft(), At(10, atlantis)));
        Assert.Equal("end, Succeeded: 1 nodes patched and verified", GateWords.Of(new NodesLeft(), At(21, atlantis, Finished("t", OperationResult.Succeeded))));
    }

    [Fact]
    public void A_node_that_is_away_is_waited_for_until_the_last_zone_closes()
    {
        var away = Pending("t").GoingBy("Asia/Tokyo").NotReady();

        Assert.Single(new RunNodes(At(8, away)).Pending);
        Assert.Equal(1, new RunNodes(At(20.5, away)).Skipped);
    }

    [Fact]
    public void What_blocks_those_whose_zone_is_open_is_told_and_not_the_others()
    {
        var input = At(2, Pending("t").GoingBy("Asia/Tokyo").NotReady(), Pending("b").GoingBy("Europe/Berlin")) with { FleetUnavailable = 0 };

        Assert.Equal("1 nodes cannot begin yet: t (not Ready)", Admissions.Blocked(State(input), []));
    }

    private static NodeView[] All => [Pending("b").GoingBy("Europe/Berlin"), Pending("n").GoingBy("America/New_York"), Pending("t").GoingBy("Asia/Tokyo")];

    private static RunState State(RunInput input) => new(input, new RunNodes(input), Acknowledged: 0);

    private static RunInput At(double hours, params NodeView[] views) =>
        Input(Settings(maxUnavailable: "100%"), views) with { Now = Noon.AddHours(hours), Windows = Everywhere(Noon.AddHours(hours)) };
}
