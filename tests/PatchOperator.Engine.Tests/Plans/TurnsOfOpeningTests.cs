using PatchOperator.Api;
using PatchOperator.Engine.World;
using static PatchOperator.Engine.Tests.Given;
using static PatchOperator.Engine.Tests.Runs.GivenRuns;

namespace PatchOperator.Engine.Tests.Plans;

/// <summary>Nothing is planned twice in one opening, unless something has changed.</summary>
public class TurnsOfOpeningTests
{
    private static NodeView Rebooting(int minutes) => Finished("a", OperationResult.Succeeded) is var view
        ? View("a", view.Status! with { RebootRequired = new RebootRequired { Status = "True", Since = Noon.AddMinutes(minutes) } }, view.Spec)
        : view;

    private static NodePatchSpec TakingBack => Asked() is var asked
        ? asked with { Operation = asked.Operation! with { Updates = [], Undoes = new RunReference { Name = "now", Uid = "another" } } }
        : asked;

    public static TheoryData<string, NodeView, bool> Table => new()
    {
        { "it had none", Pending("a"), true },
        { "it has failed", Finished("a", OperationResult.Failed, Package("openssl")), false },
        { "it has failed, and needs something new as well", Finished("a", OperationResult.Failed, Package("openssl"), Package("curl")), false },
        { "it was done, and what was installed is pending still", Finished("a", OperationResult.Succeeded, Package("openssl")), false },
        { "it was done, and a newer version came", Finished("a", OperationResult.Succeeded, Package("openssl", "3")), true },
        { "it was done, and another package came", Finished("a", OperationResult.Succeeded, Package("curl")), true },
        {
            "it was patched, and that was taken back",
            View("a", Scanned(Package("openssl")) with { LastOperation = Record(OperationResult.Succeeded) }, TakingBack),
            false
        },
        { "its turn was taken back", Finished("a", OperationResult.Cancelled, Package("openssl")), true },
        { "it was done, and has asked for a reboot since before its end", Rebooting(-20), false },
        { "it was done, and asks for a reboot since", Rebooting(-5), true },
        { "it was another run of long ago", View("a", Scanned(Package("openssl")) with { LastOperation = Record(OperationResult.Failed, "long-ago") }), true },
    };

    [Theory, MemberData(nameof(Table))]
    public void A_node_has_another_turn_in_the_same_opening_only_for_something_new(string when, NodeView view, bool planned)
    {
        var (run, standing) = NextRun(Input(view) with { Runs = [ARun(RunPhase.Succeeded)] });

        Assert.True(planned == run is not null, when);
        if (!planned)
            Assert.Equal(
                (Reasons.WaitingForNextOpening, "1 nodes had their turn in this opening and need another: they are tried again in the next"),
                (standing.Reason, standing.Message));
    }

    /// <summary>Or it would be made again at once.</summary>
    [Theory]
    [InlineData(-30, 1, false)]
    [InlineData(-90, 1, true)]
    [InlineData(-30, 2, true)]
    public void What_was_cancelled_in_an_opening_is_planned_again_in_the_next_or_after_an_edit(int minutes, long generation, bool planned)
    {
        var (cancelled, policy) = (ARun(RunPhase.Cancelled), APolicy());
        cancelled.Status = cancelled.Status with { CancelledAt = Noon.AddMinutes(minutes) };
        policy.Metadata.Generation = generation;

        var (run, standing) = NextRun(Input(Pending("a")) with { Runs = [cancelled], Policy = policy });

        Assert.Equal(planned, run is not null);
        if (!planned)
            Assert.Equal(
                (Reasons.RunCancelled, "run workers-20261120 was cancelled; 1 nodes need patching and wait for the next opening, or for an edit"),
                (standing.Reason, standing.Message));
    }

    [Fact]
    public void The_next_opening_and_an_edited_policy_give_another_turn()
    {
        var input = Input(Finished("a", OperationResult.Failed, Package("openssl"))) with { Runs = [ARun(RunPhase.Failed)] };
        var edited = APolicy();
        edited.Metadata.Generation = 2;

        Assert.Null(NextRun(input).Run);
        Assert.NotNull(NextRun(input with { Windows = Named(OpenWindow(Noon.AddDays(1))) }).Run);
        Assert.NotNull(NextRun(input with { Policy = edited }).Run);
    }
}
