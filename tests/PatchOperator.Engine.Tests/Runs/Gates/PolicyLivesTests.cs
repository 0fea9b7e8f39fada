using PatchOperator.Engine.Runs.Gates;
using static PatchOperator.Engine.Tests.Given;
using static PatchOperator.Engine.Tests.Runs.GivenRuns;

namespace PatchOperator.Engine.Tests.Runs.Gates;

public class PolicyLivesTests
{
    [Theory]
    [InlineData(false, false, true, "go")]
    [InlineData(true, false, true, "not yet, Running: withdrawn; 1 nodes are being restored")]
    [InlineData(false, true, true, "not yet, Running: withdrawn; 1 nodes are being restored")]
    [InlineData(true, false, false, "end, Cancelled: the policy or the run was deleted")]
    [InlineData(false, true, false, "end, Cancelled: the policy or the run was deleted")]
    public void A_run_ends_with_its_policy_and_when_it_is_deleted_once_nodes_in_flight_are_restored(
        bool policyGone, bool runDeleted, bool inFlight, string says)
    {
        var input = Input(Settings(), inFlight ? InFlight("a") : Pending("a"), Pending("b"));
        if (policyGone)
            input = input with { Policy = null };
        if (runDeleted)
            input.Run.Metadata.DeletionTimestamp = Noon.UtcDateTime;

        Assert.Equal(says, GateWords.Of(new PolicyLives(), input));
    }
}
