using PatchOperator.Agent.Tests.Hosts;
using PatchOperator.Agent.Tests.Images;
using PatchOperator.Contract;
using static PatchOperator.Agent.Tests.Rpm.RpmPackage;

namespace PatchOperator.Agent.Tests.Rpm;

public class NewPackagesTests
{
    [Theory]
    [InlineData("dnf", true, null)]
    [InlineData("dnf", false, "needs the new package fresh")]
    [InlineData("dnf5", true, null)]
    [InlineData("dnf5", false, "needs the new package fresh")]
    [InlineData("zypper", true, null)]
    [InlineData("zypper", false, "needs the new package fresh")]
    public async Task An_update_that_needs_a_new_package_is_blocked_where_none_may_come(string manager, bool allowed, string? blocked)
    {
        using var host = Behind(manager, AnRpm("alpha", "2.0-1").Requires("fresh"), AnRpm("fresh", "1.0-1"));

        var report = (await host.RunAsync(RealHost.Request(AgentStep.Scan) with { AllowNewPackages = allowed })).Expect(AgentResult.Done, AgentReasons.Completed);

        Assert.Equal(blocked, report.Pending!.Single(update => update.Name == "alpha").Blocked);
        Assert.Equal(allowed ? null : "a new package, which may not come", report.Pending!.Single(update => update.Name == "fresh").Blocked);
    }

    private static RpmHost Behind(string manager, params RpmPackage[] newer)
    {
        var host = RpmImage.Host(manager);
        return host.Offer(AnRpm("alpha", "1.0-1")).Install("alpha").Offer(newer);
    }
}
