using PatchOperator.Api;
using PatchOperator.Engine.Records;
using static PatchOperator.Engine.Tests.Records.GivenRecords;
using static PatchOperator.Engine.Tests.Runs.GivenRuns;

namespace PatchOperator.Engine.Tests.Records;

public class NodeEntryTests
{
    private const string Gone = "the node was gone before its turn had ended";

    private static readonly OperationRecord Failed = Turn with
    {
        Result = OperationResult.Failed,
        Step = OperationStep.Reboot,
        Reason = Reasons.RebootTimedOut,
        Message = "the node did not come back",
    };

    public static TheoryData<OperationRecord?, RecordedResult, OperationStep?, string?, string?, bool> Table => new()
    {
        { Turn, RecordedResult.Succeeded, null, null, null, true },
        { Failed, RecordedResult.Failed, OperationStep.Reboot, Reasons.RebootTimedOut, "the node did not come back", true },
        {
            Turn with { Result = OperationResult.Cancelled, Reason = Reasons.OperationCancelled, Message = "withdrawn" }, RecordedResult.Cancelled, null, Reasons.OperationCancelled,
            "withdrawn", true
        },
        { Turn with { Result = OperationResult.InProgress, Reason = null, Message = null }, RecordedResult.Skipped, null, Reasons.NodeGone, Gone, true },
        { Turn with { RunUid = "another" }, RecordedResult.Skipped, null, Reasons.NodeGone, Gone, false },
        { null, RecordedResult.Skipped, null, Reasons.NodeGone, Gone, false },
    };

    [Theory, MemberData(nameof(Table))]
    public void A_node_is_recorded_with_how_its_turn_ended(OperationRecord? turn, RecordedResult result, OperationStep? step, string? reason, string? message, bool isKnown)
    {
        var (node, change) = NodeEntry.Of(RunUid, Ended("a", turn));

        Assert.Equal(("a", "uid-a", result, step, reason, message), (node.Name, node.Uid, node.Result, node.Step, node.Reason, node.Message));
        Assert.Equal(isKnown, (node.StartedAt, change) is (not null, not null));
    }

    [Fact]
    public void What_is_known_of_a_turn_is_kept()
    {
        var (node, change) = NodeEntry.Of(RunUid, Ended("a", Turn));

        Assert.Equal(
            (Turn.StartedAt, Turn.DrainedAt, Turn.PatchedAt, Turn.RebootedAt, Turn.FinishedAt),
            (node.StartedAt, node.DrainedAt, node.PatchedAt, node.RebootedAt, node.FinishedAt));
        Assert.Equal((Turn.BootIdBefore, Turn.BootIdAfter, 1), (node.BootIdBefore, node.BootIdAfter, node.Attempts));
        Assert.Equal((Turn.PatchLevelBefore, Turn.PatchLevelAfter, OpenSsl), (change!.PatchLevelBefore, change.PatchLevelAfter, Assert.Single(change.Packages)));
    }

    [Fact]
    public void A_record_names_the_wave_and_what_was_installed_at_another_version_than_planned()
    {
        var other = new SubstitutedVersion { Name = "openssl", Planned = "3.0.17-1~deb12u1", Installed = "3.0.17-1~deb12u2" };
        var ended = Ended("a", Turn with { Substituted = [other] });

        var (node, change) = NodeEntry.Of(RunUid, ended with { Node = ended.Node with { Wave = "canary" } });

        Assert.Equal(("canary", other), (node.Wave, Assert.Single(change!.Substituted!)));
        Assert.Null(NodeEntry.Of(RunUid, Ended("a", Turn)).Change!.Substituted);
    }

    [Fact]
    public void Of_a_turn_that_has_changed_nothing_there_is_no_change() =>
        Assert.Null(NodeEntry.Of(RunUid, Ended("a", Turn with { PatchLevelBefore = null, PatchLevelAfter = null, Changed = [] })).Change);
}
