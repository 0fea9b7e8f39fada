using PatchOperator.Api;
using PatchOperator.Engine.Decisions;
using PatchOperator.Engine.Effects;
using PatchOperator.Engine.Facts;
using PatchOperator.Engine.Nodes;
using static PatchOperator.Engine.Tests.Given;
using static PatchOperator.Engine.Tests.Nodes.GivenNodes;

namespace PatchOperator.Engine.Tests.Nodes.Steps;

public class VerifyStepTests
{
    [Fact]
    public void A_node_that_asks_for_a_reboot_right_after_one_fails_instead_of_looping()
    {
        var decision = Decide(Verifying(Done(true), rebootedAt: Noon.AddMinutes(-1)));

        Assert.Equal(Reasons.RebootStillRequired, decision.Status.LastOperation!.Reason);
    }

    [Fact]
    public void A_reboot_that_is_found_due_only_now_is_made_and_the_node_is_verified_again_in_its_new_boot()
    {
        var verify = Ended(NameOf(OperationStep.Verify), Done(true)) with { BootId = "boot-1" };
        var found = Decide(
            InTurn(Scanned().InPhase(NodePhase.Verifying, record => record with { PatchedAt = Noon }).WaitingFor(verify.Name), Settings(drain: DrainMode.Never), verify));
        Assert.Equal(NodePhase.Rebooting, found.Status.Phase);

        var back =
            Decide(InTurn(found.Status, Settings(drain: DrainMode.Never), verify, Ended(found.Status.Job!)) with { Node = Ours with { BootId = "boot-2" } });
        Assert.NotEqual(verify.Name, back.Status.Job);
        Assert.Equal((NodePhase.Verifying, NameOf(OperationStep.Verify, bootId: "boot-2")), (back.Status.Phase, back.Status.Job));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(-1)]
    public void A_node_that_was_rebooted_while_it_was_verified_is_verified_again(int? rebootedMinutes)
    {
        var verify = Ended(NameOf(OperationStep.Verify), Done(true)) with { BootId = "boot-1" };
        var status = Scanned().InPhase(
            NodePhase.Verifying, record => record with { PatchedAt = Noon, RebootedAt = rebootedMinutes is { } minutes ? Noon.AddMinutes(minutes) : null });
        var decision = Decide(InTurn(status.WaitingFor(verify.Name), null, verify) with { Node = Ours with { BootId = "boot-2" } });

        Assert.Equal((NodePhase.Verifying, NameOf(OperationStep.Verify, bootId: "boot-2")), (decision.Status.Phase, decision.Status.Job));
    }

    [Fact]
    public void A_verified_node_is_handed_back_after_minReadySeconds()
    {
        var input = Verifying(Done(), rebootedAt: Noon);

        var early = Decide(input);
        Assert.Equal((NodePhase.Verifying, TimeSpan.FromSeconds(10)), (early.Status.Phase, early.WakeUp!.Value));
        var decision = Decide(input with { Now = Noon.AddSeconds(10) });
        Assert.Equal([new Uncordon(Key)], decision.Effects);
        Assert.Equal(
            (NodePhase.Idle, OperationResult.Succeeded, Reasons.OperationSucceeded),
            (decision.Status.Phase, decision.Status.LastOperation!.Result, decision.Status.LastOperation.Reason));
        Assert.Equal(new EngineEvent(Reasons.OperationSucceeded, "run workers-run: 0 packages changed, rebooted, verified"), Assert.Single(decision.Events));
        Assert.Equal(ComplianceState.Compliant, decision.Status.Compliance!.State);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_node_that_is_away_or_comes_and_goes_fails_in_the_end(bool comesAndGoes)
    {
        // The phase has lasted for five minutes at noon; reboot.timeout is 15 and minReadySeconds 10.
        var end = Noon.AddMinutes(10).AddSeconds(10);
        NodeInput At(DateTimeOffset now) => Verifying(Done()) with { Now = now, Node = Ours with { Ready = comesAndGoes, ReadySince = now.AddSeconds(-5) } };

        Assert.Equal(NodePhase.Verifying, Decide(At(end.AddSeconds(-1))).Status.Phase);
        var record = Decide(At(end)).Status.LastOperation!;
        Assert.Equal((OperationResult.Failed, Reasons.NodeNotReady), (record.Result, record.Reason));
        Assert.Equal("the node is patched but was not Ready for 10 s within 15m", record.Message);
    }

    private static NodeInput Verifying(StepReport report, DateTimeOffset? rebootedAt = null) =>
        InTurn(
            Scanned().InPhase(NodePhase.Verifying, record => record with { PatchedAt = Noon.AddMinutes(-6), RebootedAt = rebootedAt }).WaitingFor("verify"),
            null,
            Ended("verify", report));
}
