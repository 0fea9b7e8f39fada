using PatchOperator.Api;
using static PatchOperator.Engine.Tests.Given;
using static PatchOperator.Engine.Tests.Nodes.GivenNodes;

namespace PatchOperator.Engine.Tests.Nodes;

public class TurnRecordTests
{
    [Fact]
    public void A_turn_begins_with_the_boot_and_the_software_that_it_finds()
    {
        var record = Decide(Input(ANode(), Asked(), Scanned(Package("openssl")))).Status.LastOperation!;

        Assert.Equal(("boot-1", "old", Noon), (record.BootIdBefore, record.PatchLevelBefore, record.StartedAt));
        Assert.Equal((null, null), (record.BootIdAfter, record.PatchLevelAfter));
    }

    [Fact]
    public void A_turn_ends_with_the_boot_and_the_software_that_it_has_left()
    {
        var verify = Ended(NameOf(OperationStep.Verify, bootId: "boot-2"), Done());
        var status = Scanned().InPhase(NodePhase.Verifying, turn => turn with { BootIdBefore = "boot-1", PatchLevelBefore = "old", PatchedAt = Noon, RebootedAt = Noon.AddHours(-1) });

        var record = Decide(InTurn(status.WaitingFor(verify.Name), null, verify) with { Node = Ours with { BootId = "boot-2" } }).Status.LastOperation!;

        Assert.Equal((OperationResult.Succeeded, Noon), (record.Result, record.FinishedAt));
        Assert.Equal(("boot-1", "boot-2", "old", "new"), (record.BootIdBefore, record.BootIdAfter, record.PatchLevelBefore, record.PatchLevelAfter));
    }

    /// <summary>What was found out before the turn says nothing of what a package manager has left behind that failed.</summary>
    [Fact]
    public void Of_a_turn_that_has_found_out_nothing_the_software_it_has_left_is_not_known()
    {
        var patch = Ended("patch", Failure("RepositoryUnavailable", "the mirror is down"));

        var record = Decide(InTurn(Scanned().InPhase(NodePhase.Patching).WaitingFor("patch"), null, patch)).Status.LastOperation!;

        Assert.Equal((OperationResult.Failed, "boot-1", null), (record.Result, record.BootIdAfter, record.PatchLevelAfter));
    }

    [Fact]
    public void A_turn_that_is_withdrawn_is_taken_down_as_well()
    {
        var record = Decide(InTurn(Scanned().InPhase(NodePhase.Draining)) with { RunExists = false }).Status.LastOperation!;

        Assert.Equal((OperationResult.Cancelled, "boot-1", Noon), (record.Result, record.BootIdAfter, record.FinishedAt));
    }

    /// <summary>Whose Job got lost once or twice, though it went well in the end.</summary>
    [Theory]
    [InlineData(0, 1, 2)]
    [InlineData(1, 1, 2)]
    [InlineData(3, 1, 3)]
    [InlineData(2, 2, 3)]
    public void The_step_that_was_tried_most_often_counts(int before, int attempt, int after)
    {
        var status = Scanned(Package("openssl")).InPhase(NodePhase.Patching, turn => turn with { Attempts = before }).WaitingFor("patch", attempt);

        Assert.Equal(after, Decide(InTurn(status, null, Ended("patch"))).Status.LastOperation!.Attempts);
    }
}
