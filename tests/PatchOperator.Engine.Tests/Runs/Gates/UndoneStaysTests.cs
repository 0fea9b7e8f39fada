using PatchOperator.Api;
using PatchOperator.Engine.Runs.Gates;
using static PatchOperator.Engine.Tests.Given;
using static PatchOperator.Engine.Tests.Runs.GivenRuns;

namespace PatchOperator.Engine.Tests.Runs.Gates;

public class UndoneStaysTests
{
    [Theory]
    [InlineData("gone", false, "go")]
    [InlineData("Halted", false, "go")]
    [InlineData("Superseded", false, "go")]
    [InlineData("Running", true, "not yet, Running: run workers-20261119 goes on; 1 nodes in flight finish")]
    [InlineData("Soaking", false, "end, Superseded: run workers-20261119 goes on; 1 nodes are left as they are")]
    public void What_a_run_has_done_is_taken_back_until_it_goes_on(string undone, bool inFlight, string says)
    {
        var input = Input(Settings(), inFlight ? InFlight("a") : Pending("a"));

        Assert.Equal(
            says, GateWords.Of(new UndoneStays(), input with { Undone = undone == "gone" ? null : ARun(Enum.Parse<RunPhase>(undone), "workers-20261119", "undone-uid") }));
    }
}
