using k8s.Models;
using PatchOperator.Api;
using PatchOperator.Engine.Calendars;
using PatchOperator.Engine.Specs;
using static PatchOperator.Engine.Tests.Given;

namespace PatchOperator.Engine.Tests.Specs;

public class PolicyValidationTests
{
    public static TheoryData<Func<PatchPolicySpec, PatchPolicySpec>, string> Invalid => new()
    {
        { spec => spec with { NodeSelector = null }, "spec.nodeSelector: must be given; {} selects every node" },
        {
            spec =>
                spec with
                {
                    NodeSelector = new V1LabelSelector { MatchExpressions = [new V1LabelSelectorRequirement { Key = "a", OperatorProperty = "Near" }] },
                },
            "spec.nodeSelector.matchExpressions[0].operator: 'Near' is not one of In, NotIn, Exists, DoesNotExist"
        },
        { spec => spec with { Windows = ["weekly"] }, "spec.windows[0]: there is no PatchWindow 'weekly'" },
        { spec => spec with { Windows = ["nightly", "broken"] }, "spec.windows[1]: PatchWindow 'broken' is invalid: see its Ready condition" },
        { spec => spec with { Scan = new ScanSettings { Interval = "0s" } }, "spec.scan.interval: must be longer than zero, such as 24h" },
        { spec => spec with { Scan = new ScanSettings { Interval = "5s" } }, "spec.scan.interval: must be 1m at least, such as 24h" },
        { spec => spec with { Scan = new ScanSettings { Timeout = "soon" } }, "spec.scan.timeout: 'soon' is not a duration such as 10m" },
        { spec => spec with { Drain = new DrainSettings { Timeout = "-1m" } }, "spec.drain.timeout: '-1m' is not a duration such as 30m" },
        { spec => spec with { Reboot = new RebootSettings { Timeout = "0m" } }, "spec.reboot.timeout: must be longer than zero, such as 15m" },
        {
            spec => spec with { Updates = new UpdateSettings { Include = ["lib*", "li[b"] } },
            "spec.updates.include[1]: 'li[b' has the character '[': a glob is made of package-name characters, * and ?"
        },
        { spec => spec with { Updates = new UpdateSettings { Exclude = [""] } }, "spec.updates.exclude[0]: must not be empty" },
        { spec => spec with { Updates = new UpdateSettings { MaxListAge = "0d" } }, "spec.updates.maxListAge: must be longer than zero, such as 7d" },
        {
            spec => spec with { Updates = new UpdateSettings { SecuritySources = ["origin=Vendor?*,site=*.example.com", "vendor"] } },
            "spec.updates.securitySources[1]: 'vendor' is no pattern of archives: field=glob, several joined by commas, with the fields origin, label, "
                + "suite, codename and site"
        },
        {
            spec => spec with { Updates = new UpdateSettings { SecuritySources = ["origin=Vendor?*,site=*.example.com", "origin=a,origin=b"] } },
            "spec.updates.securitySources[1]: 'origin=a,origin=b' is no pattern of archives: field=glob, several joined by commas, with the fields origin, "
                + "label, suite, codename and site"
        },
        {
            spec => spec with { Updates = new UpdateSettings { SecuritySources = ["origin=Vendor?*,site=*.example.com", "origin=a,"] } },
            "spec.updates.securitySources[1]: 'origin=a,' is no pattern of archives: field=glob, several joined by commas, with the fields origin, label, "
                + "suite, codename and site"
        },
        {
            spec => spec with { Rollout = new RolloutSettings { MaxUnavailable = "0" } },
            "spec.rollout.maxUnavailable: '0' is neither a number from 1 nor a share from 1% to 100%"
        },
        {
            spec => spec with { Rollout = new RolloutSettings { FailureThreshold = "120%" } },
            "spec.rollout.failureThreshold: '120%' is neither a number from 1 nor a share from 1% to 100%"
        },
    };

    [Theory]
    [MemberData(nameof(Invalid))]
    public void Each_mistake_is_named_with_its_field_and_the_way_out(Func<PatchPolicySpec, PatchPolicySpec> change, string message) =>
        Assert.Equal(message, Assert.Single(Validate(APolicy(change))).ToString());

    [Fact]
    public void The_defaults_are_valid() => Assert.Empty(Validate(APolicy()));

    [Fact]
    public void A_name_that_is_too_long_for_its_runs_is_refused()
    {
        var policy = APolicy();
        policy.Metadata.Name = new string('a', 41);

        Assert.Equal("metadata.name: is 41 characters long; 40 is the most, as runs are named after it", Assert.Single(Validate(policy)).ToString());
    }

    private static IReadOnlyList<SpecError> Validate(PatchPolicy policy)
    {
        var valid = WindowCalendar.TryCreate(new PatchWindowSpec { Schedules = [new WindowSchedule { Cron = "0 2 * * *" }], Duration = "4h" }, out _);
        return PolicyValidation.Validate(policy, new Dictionary<string, WindowCalendar?> { ["nightly"] = valid, ["broken"] = null });
    }
}
