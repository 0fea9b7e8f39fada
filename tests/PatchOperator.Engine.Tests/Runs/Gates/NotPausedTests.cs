using PatchOperator.Engine.Runs.Gates;
using static PatchOperator.Engine.Tests.Given;
using static PatchOperator.Engine.Tests.Runs.GivenRuns;

namespace PatchOperator.Engine.Tests.Runs.Gates;

public class NotPausedTests
{
    [Theory]
    [InlineData(false, "go")]
    [InlineData(true, "not yet, Paused: paused; 1 nodes in flight finish, and 1 wait")]
    public void No_node_begins_while_the_run_is_paused(bool paused, string says) =>
        Assert.Equal(says, GateWords.Of(new NotPaused(), Input(Settings(), InFlight("a"), Pending("b")).Saying(spec => spec with { Paused = paused })));
}
