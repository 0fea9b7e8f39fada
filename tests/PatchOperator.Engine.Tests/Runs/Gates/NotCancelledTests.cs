using PatchOperator.Engine.Runs.Gates;
using static PatchOperator.Engine.Tests.Given;
using static PatchOperator.Engine.Tests.Runs.GivenRuns;

namespace PatchOperator.Engine.Tests.Runs.Gates;

public class NotCancelledTests
{
    [Theory]
    [InlineData(false, true, "go")]
    [InlineData(true, true, "not yet, Running: cancelled; 1 nodes in flight finish")]
    [InlineData(true, false, "end, Cancelled: cancelled; 2 nodes were not begun")]
    public void A_run_that_a_person_has_given_up_ends_once_nodes_in_flight_have_finished(bool cancelled, bool inFlight, string says) =>
        Assert.Equal(says, GateWords.Of(new NotCancelled(), Input(Settings(), inFlight ? InFlight("a") : Pending("a"), Pending("b")).Saying(spec => spec with { Cancelled = cancelled })));

    /// <summary>An API server before 1.25 does not keep anybody from it.</summary>
    [Fact]
    public void It_cannot_be_taken_back()
    {
        var input = Input(Settings(), InFlight("a"), Pending("b"));
        input.Run.Status = input.Run.Status with { CancelledAt = Noon };

        Assert.Equal("not yet, Running: cancelled; 1 nodes in flight finish", GateWords.Of(new NotCancelled(), input));
    }
}
