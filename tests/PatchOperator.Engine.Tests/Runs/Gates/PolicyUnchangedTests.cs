using PatchOperator.Api;
using PatchOperator.Engine.Runs.Gates;
using static PatchOperator.Engine.Tests.Given;
using static PatchOperator.Engine.Tests.Runs.GivenRuns;

namespace PatchOperator.Engine.Tests.Runs.Gates;

public class PolicyUnchangedTests
{
    [Theory]
    [InlineData(false, true, "go")]
    [InlineData(false, false, "go")]
    [InlineData(true, true, "not yet, Running: the policy was edited; 1 nodes in flight finish")]
    [InlineData(true, false, "end, Superseded: the policy was edited; the rest belongs to the next run")]
    public void An_edited_policy_lets_nodes_in_flight_finish_and_leaves_the_rest_to_the_next_run(bool edited, bool inFlight, string says)
    {
        var input = Input(Settings(), inFlight ? InFlight("a") : Pending("a"), Pending("b"));

        Assert.Equal(says, GateWords.Of(new PolicyUnchanged(), edited ? input with { Policy = Edited() } : input));
    }

    [Fact]
    public void What_is_taken_back_is_whatever_the_policy_says_by_now()
    {
        var input = Input(Settings(), Pending("a")).Planned(plan => plan with { Undoes = new RunReference { Name = "workers-20261119", Uid = "undone-uid" } });

        Assert.Equal("go", GateWords.Of(new PolicyUnchanged(), input with { Policy = Edited() }));
    }
}
