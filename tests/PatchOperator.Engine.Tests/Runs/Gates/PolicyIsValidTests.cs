using PatchOperator.Engine.Runs.Gates;
using PatchOperator.Engine.World;
using static PatchOperator.Engine.Tests.Given;
using static PatchOperator.Engine.Tests.Runs.GivenRuns;

namespace PatchOperator.Engine.Tests.Runs.Gates;

public class PolicyIsValidTests
{
    [Theory]
    [InlineData(true, true, "go")]
    [InlineData(
        false,
        true,
        "not yet, Running: the policy is invalid: spec.windows[0]: there is no PatchWindow 'x'; 1 nodes in flight finish, and 1 wait until it is mended")]
    [InlineData(
        false,
        false,
        "not yet, WaitingForWindow: the policy is invalid: spec.windows[0]: there is no PatchWindow 'x'; 0 nodes in flight finish, and 2 wait until it is "
            + "mended")]
    public void Nothing_begins_in_the_name_of_a_policy_that_has_become_invalid(bool valid, bool inFlight, string says)
    {
        var input = Input(Settings(), inFlight ? InFlight("a") : Pending("a"), Pending("b"));
        var invalid = new PolicyTerms(APolicy(), [new SpecError("spec.windows[0]", "there is no PatchWindow 'x'")]);

        Assert.Equal(says, GateWords.Of(new PolicyIsValid(), valid ? input : input with { Policy = invalid }));
    }
}
