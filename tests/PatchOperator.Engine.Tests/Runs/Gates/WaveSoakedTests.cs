using PatchOperator.Api;
using PatchOperator.Engine.Runs;
using PatchOperator.Engine.Runs.Gates;
using PatchOperator.Engine.World;
using static PatchOperator.Engine.Tests.Given;
using static PatchOperator.Engine.Tests.Runs.GivenRuns;

namespace PatchOperator.Engine.Tests.Runs.Gates;

public class WaveSoakedTests
{
    private static readonly PlanWave Canary = new() { Name = "canary", Soak = "1h" };
    private static readonly PlanWave Rest = new() { Name = "rest" };

    public static TheoryData<string, NodeView[], int?, string> Table => new()
    {
        { "the first has not begun", [Pending("c"), Pending("r")], null, "go" },
        { "the first is under way", [InFlight("c"), Pending("r")], null, "go" },
        {
            "it has finished just now", [Finished("c", OperationResult.Succeeded), Pending("r")], null,
            "not yet, Soaking: wave canary has finished and soaks until 2026-11-20 13:00:00 UTC; 1 nodes wait"
        },
        { "it soaks", [Finished("c", OperationResult.Failed), Pending("r")], 59, "not yet, Soaking: wave canary has finished and soaks until 2026-11-20 12:01:00 UTC; 1 nodes wait" },
        { "its soak is over", [Finished("c", OperationResult.Succeeded), Pending("r")], 60, "go" },
        { "nothing was done in it", [View("c", Scanned()), Pending("r")], null, "go" },
        { "a node of it has come back since", [Pending("c"), Pending("r")], 60, "go" },
    };

    [Theory, MemberData(nameof(Table))]
    public void A_wave_begins_once_the_one_before_it_has_finished_and_soaked(string when, NodeView[] views, int? finished, string says)
    {
        var input = Input(Settings(), views).InWaves(Canary, Rest);

        Assert.True(says == GateWords.Of(new WaveSoaked(), finished is { } minutes ? input.AfterWave("canary", minutes) : input), when);
    }

    [Fact]
    public void A_run_that_soaks_is_looked_at_when_that_is_over()
    {
        var input = Input(Settings(), Finished("c", OperationResult.Succeeded), Pending("r")).InWaves(Canary, Rest).AfterWave("canary", 59);

        Assert.Equal(TimeSpan.FromMinutes(1), RunDecider.Decide(input, []).WakeUp);
    }
}
