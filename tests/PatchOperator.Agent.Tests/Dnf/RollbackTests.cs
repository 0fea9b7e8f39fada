using PatchOperator.Agent.Tests.Images;
using PatchOperator.Contract;
using static PatchOperator.Agent.Tests.Rpm.RpmPackage;

namespace PatchOperator.Agent.Tests.Dnf;

public abstract class RollbackTests
{
    private protected abstract DnfHost NewHost();

    [Fact]
    public async Task What_was_replaced_comes_back_in_one_transaction_though_no_repository_has_it_any_more()
    {
        using var host = NewHost();
        using var server = new StaticServer(host.PathOf("/repository"));
        host.AddRepository("test", server.Url, "");
        host.Offer(AnRpm("app", "1:1.0-1"), AnRpm("old", "1.0-1")).Install("app", "old");
        host.Offer(
            AnRpm("app", "1:2.0-1").Requires("fresh"), AnRpm("fresh", "1.0-1"), AnRpm("successor", "2.0-1").Obsoletes("old < 2").Provides("old = 2.0-1"));

        var patched = (await host.PatchKeepingAsync(("app", "1:2.0-1"), ("fresh", "1.0-1"), ("successor", "2.0-1")))
            .Expect(AgentResult.Done, AgentReasons.Completed);
        host.Withdraw(AnRpm("app", "1:1.0-1")).Withdraw(AnRpm("old", "1.0-1"));
        var back = (await host.RollbackAsync()).Expect(AgentResult.Done, AgentReasons.Completed);

        Assert.Equal(2, patched.Kept!.Packages);
        Assert.Empty(patched.Kept.Without);
        Assert.Equal(
            [
                new ChangedPackage("app", "1:2.0-1", "1:1.0-1"), new ChangedPackage("fresh", "1.0-1", ""), new ChangedPackage("old", "", "1.0-1"),
                new ChangedPackage("successor", "2.0-1", ""),
            ],
            back.Changed);
        Assert.Contains("patchoperator-run-1-node-1-rollback", host.Dnf("history", "info", "last"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_script_that_fails_is_undone()
    {
        using var host = NewHost();
        host.Offer(AnRpm("app", "1.0-1"), AnRpm("app", "2.0-1").WithScript("post", "exit 1")).Install("app-1.0");

        var patched = (await host.PatchKeepingAsync(("app", "2.0-1"))).Expect(AgentResult.PackageManagerFailed, AgentReasons.PackageManagerFailed);
        var back = (await host.RollbackAsync()).Expect(AgentResult.Done, AgentReasons.Completed);

        Assert.Equal(1, patched.Kept!.Packages);
        Assert.Equal([new ChangedPackage("app", "2.0-1", "1.0-1")], back.Changed);
    }

    [Fact]
    public async Task What_is_nowhere_any_more_is_named()
    {
        using var host = NewHost();
        host.Offer(AnRpm("app", "1.0-1"), AnRpm("app", "2.0-1")).Install("app-1.0");
        host.Withdraw(AnRpm("app", "1.0-1"));

        var patched = (await host.PatchKeepingAsync(("app", "2.0-1"))).Expect(AgentResult.Done, AgentReasons.Completed);
        var report = (await host.RollbackAsync()).Expect(AgentResult.PackageManagerFailed, AgentReasons.NotBroughtBack);

        Assert.Equal(["app"], patched.Kept!.Without);
        Assert.Equal("no repository has app 1.0-1 any more; nothing was touched", report.Message);
    }

    public sealed class OfDnf4 : RollbackTests
    {
        private protected override DnfHost NewHost() => new Dnf4Host();
    }

    public sealed class OfDnf5 : RollbackTests
    {
        private protected override DnfHost NewHost() => new Dnf5Host();
    }
}
