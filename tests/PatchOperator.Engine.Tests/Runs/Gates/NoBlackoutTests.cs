using PatchOperator.Engine.Runs.Gates;
using PatchOperator.Engine.World;
using static PatchOperator.Engine.Tests.Given;
using static PatchOperator.Engine.Tests.Runs.GivenRuns;

namespace PatchOperator.Engine.Tests.Runs.Gates;

public class NoBlackoutTests
{
    [Theory]
    [InlineData(null, false, "go")]
    [InlineData(false, false, "go")]
    [InlineData(true, false, "not yet, WaitingForWindow: blackout 'holidays' lasts until 2027-01-07 00:00 UTC; 0 nodes in flight finish, and 2 wait")]
    [InlineData(true, true, "not yet, Running: blackout 'holidays' lasts until 2027-01-07 00:00 UTC; 1 nodes in flight finish, and 1 wait")]
    public void No_node_begins_while_a_blackout_lasts(bool? lasts, bool inFlight, string says)
    {
        var input = Input(Settings(), inFlight ? InFlight("a") : Pending("a"), Pending("b"));

        Assert.Equal(says, GateWords.Of(new NoBlackout(), input with
        {
            Freezes = lasts is { } now ? [new FreezeState(false, null, "not this one"), new FreezeState(now, null, "blackout 'holidays' lasts until 2027-01-07 00:00 UTC")] : [],
        }));
    }
}
