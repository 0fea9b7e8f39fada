using PatchOperator.Api;
using PatchOperator.Engine.Runs.Gates;
using static PatchOperator.Engine.Tests.Given;
using static PatchOperator.Engine.Tests.Runs.GivenRuns;

namespace PatchOperator.Engine.Tests.Runs.Gates;

public class ApprovedTests
{
    private const string Waits = "2 nodes wait for an approval of plan " + Digest;

    public static TheoryData<string, ApprovalMode, RunApproval[], string> Table => new()
    {
        { "nobody is to be asked", ApprovalMode.Automatic, [], "go" },
        { "nobody has approved", ApprovalMode.Manual, [], $"not yet, PendingApproval: {Waits}" },
        { "it is approved", ApprovalMode.Manual, [Approval(Digest)], "go" },
        {
            "another plan is approved", ApprovalMode.Manual, [Approval(Another)],
            $"not yet, PendingApproval: {Waits}; the approval by alice names another plan, {Another}, and counts for nothing"
        },
        { "both are", ApprovalMode.Manual, [Approval(Another), Approval(Digest), Approval(Another)], "go" },
        {
            "the beginning of the digest is", ApprovalMode.Manual, [Approval(Digest[..20])],
            $"not yet, PendingApproval: {Waits}; the approval by alice names another plan, {Digest[..20]}, and counts for nothing"
        },
        {
            "the digest is in another case", ApprovalMode.Manual, [Approval(Digest.ToUpperInvariant())],
            $"not yet, PendingApproval: {Waits}; the approval by alice names another plan, {Digest.ToUpperInvariant()}, and counts for nothing"
        },
    };

    [Theory, MemberData(nameof(Table))]
    public void Nothing_begins_before_this_very_plan_is_approved(string when, ApprovalMode mode, RunApproval[] approvals, string says)
    {
        var input = Input(Settings(), Pending("a"), Pending("b")).Planned(plan => plan with { Approval = mode });

        Assert.True(says == GateWords.Of(new Approved(), input.Saying(spec => spec with { Approvals = [.. approvals] })), when);
    }

    [Fact]
    public void Nodes_in_flight_finish_though_the_approval_was_taken_out() =>
        Assert.StartsWith("not yet, Running: 1 nodes wait", GateWords.Of(new Approved(), Input(Settings(), InFlight("a"), Pending("b")).Planned(plan => plan with { Approval = ApprovalMode.Manual })));
}
