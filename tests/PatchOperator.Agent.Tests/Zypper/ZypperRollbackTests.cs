using PatchOperator.Agent.Tests.Images;
using PatchOperator.Contract;
using static PatchOperator.Agent.Tests.Rpm.RpmPackage;

namespace PatchOperator.Agent.Tests.Zypper;

public class ZypperRollbackTests
{
    [Fact]
    public async Task What_was_replaced_comes_back_though_no_repository_has_it_any_more()
    {
        using var host = new ZypperHost();
        using var server = new StaticServer(host.PathOf("/repository"));
        host.WriteRepository("test", server.Url);
        host.Offer(AnRpm("app", "1.0-1"), AnRpm("old", "1.0-1")).Install("app", "old");
        host.Offer(AnRpm("app", "2.0-1").Requires("fresh"), AnRpm("fresh", "1.0-1"), AnRpm("successor", "2.0-1").Obsoletes("old < 2").Provides("old = 2.0-1"));

        var patched = (await host.PatchKeepingAsync(("app", "2.0-1"), ("fresh", "1.0-1"), ("successor", "2.0-1")))
            .Expect(AgentResult.Done, AgentReasons.Completed);
        host.Withdraw(AnRpm("app", "1.0-1")).Withdraw(AnRpm("old", "1.0-1"));
        var back = (await host.RollbackAsync()).Expect(AgentResult.Done, AgentReasons.Completed);

        Assert.Equal(2, patched.Kept!.Packages);
        Assert.Equal(
            [
                new ChangedPackage("app", "2.0-1", "1.0-1"), new ChangedPackage("fresh", "1.0-1", ""), new ChangedPackage("old", "", "1.0-1"),
                new ChangedPackage("successor", "2.0-1", ""),
            ],
            back.Changed);
    }

    [Fact]
    public async Task What_is_nowhere_any_more_is_named()
    {
        using var host = new ZypperHost();
        host.Offer(AnRpm("app", "1.0-1"), AnRpm("app", "2.0-1")).Install("app=1.0-1");
        host.Withdraw(AnRpm("app", "1.0-1"));

        var patched = (await host.PatchKeepingAsync(("app", "2.0-1"))).Expect(AgentResult.Done, AgentReasons.Completed);
        var report = (await host.RollbackAsync()).Expect(AgentResult.PackageManagerFailed, AgentReasons.NotBroughtBack);

        Assert.Equal(["app"], patched.Kept!.Without);
        Assert.Contains("zypper finds no way back", report.Message, StringComparison.Ordinal);
        Assert.Equal("2.0-1\n", host.VersionsOf("app"));
    }
}
