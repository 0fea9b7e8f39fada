using PatchOperator.Api;
using PatchOperator.Engine.Effects;
using PatchOperator.Engine.Facts;
using static PatchOperator.Engine.Tests.Given;
using static PatchOperator.Engine.Tests.Nodes.GivenNodes;

namespace PatchOperator.Engine.Tests.Nodes;

public class WithdrawalTests
{
    public static TheoryData<string, NodePatchSpec, bool, bool> Withdrawn => new()
    {
        { "nothing is asked any more", new NodePatchSpec(), true, false },
        { "the run is gone", Asked(), false, false },
        { "another run asks", Asked(runUid: "another"), true, false },
        { "the node is about to be removed (case K6)", Asked(), true, true },
    };

    [Theory, MemberData(nameof(Withdrawn))]
    public void A_withdrawn_run_lets_the_package_manager_finish_and_then_restores_the_node(string why, NodePatchSpec spec, bool runExists, bool leaving)
    {
        var input = Input(Ours with { Leaving = leaving }, spec, Scanned().InPhase(NodePhase.Patching).WaitingFor("patch"), AtWork("patch")) with
        {
            RunExists = runExists,
        };

        var waits = Decide(input);
        Assert.Empty(waits.Effects);
        Assert.Equal("withdrawn: the package manager finishes first", waits.Why);

        var decision = Decide(input with { Jobs = new Dictionary<string, JobFacts> { ["patch"] = Ended("patch") } });
        Assert.Equal([new DeleteJob("patch"), new Uncordon(Key)], decision.Effects);
        Assert.Equal(
            (NodePhase.Idle, OperationResult.Cancelled, Reasons.OperationCancelled),
            (decision.Status.Phase, decision.Status.LastOperation!.Result, decision.Status.LastOperation.Reason));
        Assert.Contains(leaving ? "about to be removed" : "was withdrawn", decision.Status.LastOperation.Message, StringComparison.Ordinal);
        Assert.False(decision.Released, why);
    }

    [Fact]
    public void A_NodePatch_that_is_deleted_goes_once_its_node_is_restored()
    {
        var input = InTurn(Scanned().InPhase(NodePhase.Patching).WaitingFor("patch"), null, AtWork("patch")) with { Deleting = true };

        Assert.False(Decide(input).Released);
        Assert.True(Decide(input with { Jobs = new Dictionary<string, JobFacts> { ["patch"] = Ended("patch") } }).Released);
    }

    /// <summary>The answer to the cordon was lost, and the watch has not told of it: nobody would undo it later.</summary>
    [Fact]
    public void With_its_NodePatch_a_cordon_goes_that_nobody_has_heard_of() =>
        Assert.Equal([new Uncordon(Key)], Decide(Input(ANode(), Asked(), Scanned()) with { Deleting = true }).Effects);

    [Fact]
    public void A_reboot_that_was_asked_for_is_waited_for_as_long_as_it_may_take()
    {
        var input = InTurn(Scanned().InPhase(NodePhase.Rebooting).WaitingFor("reboot") with { BootIdBefore = "boot-1" }) with { RunExists = false };

        Assert.Equal("withdrawn: the node comes back from its reboot first", Decide(input).Why);
        Assert.Contains(new Uncordon(Key), Decide(input with { Node = Ours with { BootId = "boot-2" } }).Effects);
        Assert.Contains(new Uncordon(Key), Decide(input with { Now = Noon.AddMinutes(10) }).Effects);
    }

    [Fact]
    public void A_drain_is_given_up_at_once() =>
        Assert.Equal([new Uncordon(Key)], Decide(InTurn(Scanned().InPhase(NodePhase.Draining)) with { RunExists = false }).Effects);

    [Fact]
    public void An_administrators_cordon_is_left_where_it_is() =>
        Assert.Empty(Decide(Input(ANode().CordonedBy(null), Asked(), Scanned().InPhase(NodePhase.Draining)) with { RunExists = false }).Effects);
}
