using PatchOperator.Api;
using PatchOperator.Engine.Runs.Gates;
using static PatchOperator.Engine.Tests.Given;
using static PatchOperator.Engine.Tests.Runs.GivenRuns;

namespace PatchOperator.Engine.Tests.Runs.Gates;

public class WaveApprovedTests
{
    private const string Waits = "not yet, PendingApproval: 1 nodes of wave rest wait for an approval of the wave and of plan " + Digest;

    public static TheoryData<string, int?, RunApproval[], string> Table => new()
    {
        { "it is not its turn yet", null, [], "go" },
        { "nobody has approved it", 1, [], Waits },
        { "the run was approved, not the wave", 1, [Approval(Digest)], Waits },
        { "another wave was", 1, [Approval(Digest) with { Wave = "canary" }], Waits },
        { "it was approved", 1, [Approval(Digest) with { Wave = "rest" }], "go" },
        {
            "it was approved for another plan", 1, [Approval(Another) with { Wave = "rest" }],
            $"{Waits}; the approval by alice names another plan, {Another}, and counts for nothing"
        },
        {
            "a wave was approved that there is not", 1, [Approval(Digest) with { Wave = "rets" }],
            $"{Waits}; the approval by alice names the wave rets, which the plan does not have, and counts for nothing"
        },
    };

    [Theory, MemberData(nameof(Table))]
    public void A_wave_that_asks_for_it_begins_once_it_is_approved_by_name(string when, int? canaryFinished, RunApproval[] approvals, string says)
    {
        var canary = canaryFinished is null ? Pending("c") : Finished("c", OperationResult.Succeeded);
        var input = Input(Settings(), canary, Pending("r"))
            .InWaves(new PlanWave { Name = "canary" }, new PlanWave { Name = "rest", Approval = ApprovalMode.Manual })
            .Saying(spec => spec with { Approvals = [.. approvals] });

        Assert.True(says == GateWords.Of(new WaveApproved(), canaryFinished is { } minutes ? input.AfterWave("canary", minutes) : input), when);
    }
}
