using PatchOperator.Api;
using static PatchOperator.Engine.Tests.Given;

namespace PatchOperator.Engine.Tests.Compliances;

public class ComplianceTests
{
    public static TheoryData<string, NodePatchStatus, Func<PatchPolicySpec, PatchPolicySpec>?, ComplianceState, string, string> Cases => new()
    {
        { "never scanned", new NodePatchStatus(), null, ComplianceState.Unknown, Reasons.NotScanned, "not scanned yet" },
        {
            "the first scan failed", new NodePatchStatus { ScanFailure = new ScanFailure { Reason = "LockHeld", Message = "apt is at work" } }, null,
            ComplianceState.Unknown, Reasons.ScanFailed, "LockHeld: apt is at work"
        },
        {
            "a later scan failed", Scanned() with { ScanFailure = new ScanFailure { Reason = "LockHeld" } }, null, ComplianceState.Compliant, Reasons.Compliant,
            "no approved update is pending and no reboot is due"
        },
        { "nothing pending", Scanned(), null, ComplianceState.Compliant, Reasons.Compliant, "no approved update is pending and no reboot is due" },
        {
            "an update", Scanned(Package("openssl"), Package("curl")), null, ComplianceState.NonCompliant, Reasons.UpdatesPending,
            "2 approved updates are pending: openssl, curl"
        },
        {
            "many updates", Scanned([.. "abcdef".Select(name => Package($"{name}"))]), null, ComplianceState.NonCompliant, Reasons.UpdatesPending,
            "6 approved updates are pending: a, b, c, d, e, …"
        },
        {
            "held", Scanned(Package("openssl", held: true)), null, ComplianceState.Compliant, Reasons.Compliant,
            "no approved update is pending and no reboot is due"
        },
        {
            "the counts know of more than is listed", Scanned() with { PendingCount = new PendingCount { Security = 1, Total = 1 } }, null,
            ComplianceState.NonCompliant, Reasons.UpdatesPending, "updates are pending; the next scan lists them"
        },
        {
            "more, but none that the policy approves", Scanned() with { PendingCount = new PendingCount { Total = 1 } }, null, ComplianceState.Compliant,
            Reasons.Compliant, "no approved update is pending and no reboot is due"
        },
        {
            "more, and the policy approves all", Scanned() with { PendingCount = new PendingCount { Total = 1 } },
            spec => spec with { Updates = new UpdateSettings { Classification = UpdateClassification.All } }, ComplianceState.NonCompliant,
            Reasons.UpdatesPending, "updates are pending; the next scan lists them"
        },
        { "a reboot", Scanned().NeedingReboot(), null, ComplianceState.PendingReboot, Reasons.RebootPending, "a reboot is due: the kernel was upgraded" },
        {
            "a reboot, and none is ever made", Scanned().NeedingReboot(), spec => spec with { Reboot = new RebootSettings { Mode = RebootMode.Never } },
            ComplianceState.Compliant, Reasons.Compliant, "no approved update is pending"
        },
        {
            "nobody knows whether a reboot is due", Scanned().NeedingReboot("Unknown"), null, ComplianceState.Unknown, Reasons.RebootUnknown,
            "whether a reboot is due could not be found out"
        },
        {
            "in its turn", Scanned().InPhase(NodePhase.Patching), null, ComplianceState.NonCompliant, Reasons.OperationInProgress,
            "run workers-run is patching the node"
        },
        { "failed", Failed(Scanned(Package("openssl")), "RepositoryUnavailable"), null, ComplianceState.Failed, "RepositoryUnavailable", "the mirror is down" },
        {
            "failed, and nobody knows how", Failed(Scanned(Package("openssl")), null), null, ComplianceState.Failed, Reasons.OperationFailed,
            "the mirror is down"
        },
        {
            "failed, and needs nothing any more", Failed(Scanned(), "RepositoryUnavailable"), null, ComplianceState.Compliant, Reasons.Compliant,
            "no approved update is pending and no reboot is due"
        },
    };

    [Theory, MemberData(nameof(Cases))]
    public void A_node_stands_where_what_is_known_of_it_says(
        string what, NodePatchStatus status, Func<PatchPolicySpec, PatchPolicySpec>? policy, ComplianceState state, string reason, string message)
    {
        var compliance = ComplianceOf("workers", APolicy(policy).Spec, status, Noon);

        Assert.Equal((what, state, reason, message), (what, compliance.State, compliance.Reason, compliance.Message));
    }

    [Fact]
    public void What_is_older_than_twice_the_interval_is_not_known_any_more_but_a_turn_under_way_is()
    {
        var then = Noon.AddHours(-1).AddHours(48);

        Assert.Equal(ComplianceState.Compliant, ComplianceOf("workers", APolicy().Spec, Scanned(), then.AddSeconds(-1)).State);
        var stale = ComplianceOf("workers", APolicy().Spec, Scanned(), then);
        Assert.Equal((ComplianceState.Unknown, Reasons.ScanStale), (stale.State, stale.Reason));
        Assert.Equal(Reasons.OperationInProgress, ComplianceOf("workers", APolicy().Spec, Scanned().InPhase(NodePhase.Patching), then).Reason);
    }

    [Theory]
    [InlineData(false, ComplianceState.Quarantined, Reasons.NodeReverted, "it went back; 1 approved updates are pending: openssl")]
    [InlineData(true, ComplianceState.NonCompliant, Reasons.UpdatesPending, "1 approved updates are pending: openssl")]
    public void A_node_that_fell_behind_is_in_quarantine_until_it_is_released(bool released, ComplianceState state, string reason, string message)
    {
        var quarantine = new NodeQuarantine { Reason = Reasons.NodeReverted, Message = "it went back", Since = Noon.AddHours(-1), ReleasedAt = released ? Noon : null };
        var compliance = ComplianceOf("workers", APolicy().Spec, Scanned(Package("openssl")) with { Quarantine = quarantine }, Noon);

        Assert.Equal((state, reason, message), (compliance.State, compliance.Reason, compliance.Message));
        Assert.Equal(ComplianceState.Failed, ComplianceOf("workers", APolicy().Spec, Failed(Scanned(Package("openssl")), "DiskFull") with { Quarantine = quarantine }, Noon).State);
    }

    [Fact]
    public void Since_when_is_kept_while_the_state_is_the_same_for_the_same_policy()
    {
        var first = Scanned() with { Compliance = ComplianceOf("workers", APolicy().Spec, Scanned(), Noon) };

        Assert.Equal(Noon, ComplianceOf("workers", APolicy().Spec, first, Noon.AddHours(1)).Since);
        Assert.Equal(Noon.AddHours(1), ComplianceOf("others", APolicy().Spec, first, Noon.AddHours(1)).Since);
        Assert.Equal(Noon.AddHours(1), ComplianceOf("workers", APolicy().Spec, first.NeedingReboot(), Noon.AddHours(1)).Since);
    }

    private static NodePatchStatus Failed(NodePatchStatus status, string? reason) => status with
    {
        Phase = NodePhase.Failed,
        LastOperation = new OperationRecord
        {
            Run = "workers-run",
            RunUid = "run-uid",
            Result = OperationResult.Failed,
            Reason = reason,
            Message = "the mirror is down",
        },
    };
}
