using PatchOperator.Api;
using PatchOperator.Engine.Compliances;
using static PatchOperator.Engine.Tests.Given;

namespace PatchOperator.Engine.Tests.Compliances;

public class AssessmentTests
{
    [Fact]
    public void What_is_counted_is_what_the_policy_approves()
    {
        var status = Scanned(
            Package("openssl") with { FirstSeen = Noon.AddDays(-2) },
            Package("curl") with { FirstSeen = Noon.AddDays(-1) },
            Package("vim", security: false) with { FirstSeen = Noon.AddDays(-3) });

        var security = Assessment.Of(APolicy().Spec, status);
        Assert.Equal((2, 2, Noon.AddDays(-2), true), (security.Approved.Count, security.Security, security.OldestFirstSeen!.Value, security.NeedsRun));
        var all = Assessment.Of(APolicy(spec => spec with { Updates = new UpdateSettings { Classification = UpdateClassification.All } }).Spec, status);
        Assert.Equal((3, 2, Noon.AddDays(-3)), (all.Approved.Count, all.Security, all.OldestFirstSeen!.Value));
    }

    [Theory]
    [InlineData(RebootMode.IfRequired, "True", true)]
    [InlineData(RebootMode.IfRequired, "Unknown", false)]
    [InlineData(RebootMode.Always, "False", false)]
    [InlineData(RebootMode.Never, "True", false)]
    public void A_reboot_that_the_policy_allows_is_a_need_as_well(RebootMode mode, string required, bool needed)
    {
        var assessment = Assessment.Of(APolicy(spec => spec with { Reboot = new RebootSettings { Mode = mode } }).Spec, Scanned().NeedingReboot(required));

        Assert.Equal((needed, needed), (assessment.RebootDue, assessment.NeedsRun));
    }

    [Fact]
    public void Of_a_node_without_a_policy_nothing_is_approved() =>
        Assert.False(Assessment.Of(spec: null, Scanned(Package("openssl")).NeedingReboot()).NeedsRun);

    [Fact]
    public void Knowledge_grows_old_by_itself()
    {
        var assessment = Assessment.Of(APolicy().Spec, Scanned());

        Assert.Equal(Noon.AddHours(47), assessment.StaleAfter(Noon));
        Assert.Equal(
            [Reasons.Compliant, Reasons.ScanStale, Reasons.Compliant], new[] { 46, 47, 0 }.Select(hours => assessment.At(Noon.AddHours(hours)).Reason));
        Assert.Null(Assessment.Of(APolicy().Spec, new NodePatchStatus()).StaleAfter(Noon));
    }
}
