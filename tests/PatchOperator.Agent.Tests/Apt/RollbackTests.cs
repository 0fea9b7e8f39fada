using PatchOperator.Agent.Tests.Hosts;
using PatchOperator.Contract;
using static PatchOperator.Agent.Tests.Hosts.TestPackage;

namespace PatchOperator.Agent.Tests.Apt;

public class RollbackTests
{
    [Fact]
    public async Task What_was_replaced_comes_back_though_no_archive_has_it_any_more_and_what_came_goes()
    {
        using var host = new TestHost().Main(APackage("app", "1:1.0"), APackage("lib", "1.0~rc1").DependsOn("app")).Install("app", "lib");
        host.Run("apt-mark", "auto", "app");
        host.Withdraw(APackage("app", "1:1.0")).Withdraw(APackage("lib", "1.0~rc1"))
            .Main(APackage("app", "1:2.0").DependsOn("fresh"), APackage("lib", "2.0").DependsOn("app (>= 1:2)"), APackage("fresh", "1.0"));

        var patched = (await host.PatchKeepingAsync(("app", "1:2.0"), ("lib", "2.0"), ("fresh", "1.0"))).Expect(AgentResult.Done, AgentReasons.Completed);
        var back = (await host.RollbackAsync()).Expect(AgentResult.Done, AgentReasons.Completed);
        var again = (await host.RollbackAsync()).Expect(AgentResult.Done, AgentReasons.Completed);

        Assert.Equal((2, true), (patched.Kept!.Packages, patched.Kept.Bytes > 0));
        Assert.Empty(patched.Kept.Without);
        Assert.Equal(
            [new ChangedPackage("app", "1:2.0", "1:1.0"), new ChangedPackage("fresh", "1.0", ""), new ChangedPackage("lib", "2.0", "1.0~rc1")], back.Changed);
        Assert.Equal("3 packages changed, all is as it was before", back.Message);
        Assert.Equal("0 packages changed, all is as it was before", again.Message);
        Assert.Equal(("1:1.0", "1:1.0"), (host.VersionOf("app"), host.Read("usr/share/app/version")));
        Assert.Equal("app", host.Run("apt-mark", "showauto").Trim());
        Assert.Equal("", host.Run("dpkg", "--audit"));
        Assert.Contains(back.Pending!, update => update.Name == "app" && update.Candidate == "1:2.0");
    }

    [Fact]
    public async Task An_update_whose_script_fails_is_undone()
    {
        using var host = new TestHost()
            .Main(APackage("bad", "1.0"), APackage("bad", "2.0").WithPostinst("exit 1"), APackage("good", "1.0"), APackage("good", "2.0"))
            .Install("bad=1.0", "good=1.0");
        (await host.PatchKeepingAsync(("bad", "2.0"), ("good", "2.0"))).Expect(AgentResult.PackageManagerFailed, AgentReasons.PackageManagerFailed);

        var report = (await host.RollbackAsync()).Expect(AgentResult.Done, AgentReasons.Completed);

        Assert.Empty(report.Incomplete!);
        Assert.Equal(("1.0", "1.0"), (host.VersionOf("bad"), host.VersionOf("good")));
    }

    [Fact]
    public async Task A_package_comes_back_with_all_that_was_in_it()
    {
        using var host = new TestHost();
        host.Run("dpkg-divert", "--package", "other", "--divert", "/usr/bin/tool.distrib", "--rename", "/usr/bin/tool");
        host.Main(APackage("app", "1.0").WithFile("usr/bin/tool", "the tool\n").WithFile("lib/app/module", "in a folder that is a link\n").WithFile("usr/share/app/a b", "")
            .WithFile("usr/share/app/manual/page", "")
            .WithPostinst("ln -f /usr/share/app/version /usr/share/app/linked; chown 0:42 /usr/share/app/version; chmod 4750 /usr/share/app/version"))
            .Main(APackage("app", "2.0")).Install("app=1.0");
        // As a host does that has no documentation.
        host.Run("rm", "-rf", "/usr/share/app/manual");
        var before = Listed(host);
        Assert.Contains("/usr/bin/tool.distrib", before, StringComparison.Ordinal);

        (await host.PatchKeepingAsync(("app", "2.0"))).Expect(AgentResult.Done, AgentReasons.Completed);
        var without = Listed(host);
        (await host.RollbackAsync()).Expect(AgentResult.Done, AgentReasons.Completed);

        Assert.NotEqual(before, without);
        Assert.Equal(before.Replace("/usr/share/app/manual/page\n", "").Replace("/usr/share/app/manual\n", ""), Listed(host));
        Assert.Equal("in a folder that is a link\n", host.Read("usr/lib/app/module"));
        Assert.Equal("-rwsr-x--- 0:42", host.Run("stat", "--format=%A %u:%g", "/usr/share/app/version").Trim());

        static string Listed(TestHost host) => host.Run("dpkg-query", "--listfiles", "app") + host.Run("dpkg-query", "--control-list", "app");
    }

    [Fact]
    public async Task A_configuration_file_that_the_administrator_changed_survives_a_rollback_and_the_update_after_it()
    {
        using var host = new TestHost()
            .Main(
                APackage("app", "1.0").WithConffile("etc/app.conf", "default 1\n"), APackage("app", "2.0").WithConffile("etc/app.conf", "default 2\n"),
                APackage("app", "3.0").WithConffile("etc/app.conf", "default 3\n"), APackage("plain", "1.0").WithConffile("etc/plain.conf", "default 1\n"),
                APackage("plain", "2.0").WithConffile("etc/plain.conf", "default 2\n"))
            .Install("app=1.0", "plain=1.0");
        host.Write("etc/app.conf", "mine\n");

        (await host.PatchKeepingAsync(("app", "2.0"), ("plain", "2.0"))).Expect(AgentResult.Done, AgentReasons.Completed);
        Assert.Equal("default 2\n", host.Read("etc/plain.conf"));
        (await host.RollbackAsync()).Expect(AgentResult.Done, AgentReasons.Completed);
        Assert.Equal(("mine\n", "default 1\n"), (host.Read("etc/app.conf"), host.Read("etc/plain.conf")));
        (await host.PatchAsync(("app", "3.0"), ("plain", "2.0"))).Expect(AgentResult.Done, AgentReasons.Completed);

        Assert.Equal(("mine\n", "default 2\n"), (host.Read("etc/app.conf"), host.Read("etc/plain.conf")));
    }

    [Fact]
    public async Task What_others_need_by_now_is_not_taken_away()
    {
        using var host = new TestHost()
            .Main(APackage("app", "1.0"), APackage("app", "2.0"), APackage("later", "1.0").DependsOn("app (>= 2)")).Install("app=1.0");
        (await host.PatchKeepingAsync(("app", "2.0"))).Expect(AgentResult.Done, AgentReasons.Completed);
        host.Install("later");

        var report = (await host.RollbackAsync()).Expect(AgentResult.PackageManagerFailed, AgentReasons.NotBroughtBack);

        Assert.Contains("to go back apt would also remove later; nothing was touched", report.Message, StringComparison.Ordinal);
        Assert.Equal(("2.0", "1.0"), (host.VersionOf("app"), host.VersionOf("later")));
    }

    [Fact]
    public async Task What_did_not_keep_anything_and_another_operation_leave_nothing_to_go_back_to()
    {
        using var host = new TestHost().Main(APackage("app", "1.0"), APackage("app", "2.0"), APackage("app", "3.0")).Install("app=1.0");
        (await host.PatchAsync(("app", "2.0"))).Expect(AgentResult.Done, AgentReasons.Completed);
        var plain = (await host.RollbackAsync()).Expect(AgentResult.NothingToDo, AgentReasons.NothingToDo);
        (await host.PatchKeepingAsync(("app", "3.0"))).Expect(AgentResult.Done, AgentReasons.Completed);

        var other = await host.RunAsync(RealHost.Request(AgentStep.Rollback) with { Operation = "run-2-node-1" });

        Assert.Equal("nothing is kept on this host that the operation has changed", plain.Message);
        other.Expect(AgentResult.NothingToDo, AgentReasons.NothingToDo);
        Assert.Equal("3.0", host.VersionOf("app"));
    }

    [Fact]
    public async Task Only_what_the_last_operation_has_replaced_is_kept()
    {
        using var host = new TestHost()
            .Main(APackage("app", "1.0"), APackage("app", "2.0"), APackage("lib", "1.0"), APackage("lib", "2.0")).Install("app=1.0", "lib=1.0");
        (await host.PatchKeepingAsync(("app", "2.0"))).Expect(AgentResult.Done, AgentReasons.Completed);

        await host.RunAsync(RealHost.Request(AgentStep.Patch, ("lib", "2.0")) with { Operation = "run-2-node-1", KeepReplaced = true });

        Assert.Equal(["lib_1.0.deb"], Directory.EnumerateFiles(host.PathOf("var/lib/patch-operator/kept")).Select(Path.GetFileName));
    }

    [Fact]
    public async Task A_rollback_that_was_interrupted_is_finished()
    {
        using var host = new TestHost()
            .Main(APackage("app", "1.0").WithPostinst("true"), APackage("app", "2.0"), APackage("lib", "1.0"), APackage("lib", "2.0"))
            .Install("app=1.0", "lib=1.0");
        (await host.PatchKeepingAsync(("app", "2.0"), ("lib", "2.0"))).Expect(AgentResult.Done, AgentReasons.Completed);
        host.Run("dpkg", "--unpack", "/var/lib/patch-operator/kept/app_1.0.deb");

        (await host.RollbackAsync()).Expect(AgentResult.Done, AgentReasons.Completed);

        Assert.Equal(("1.0", "1.0", ""), (host.VersionOf("app"), host.VersionOf("lib"), host.Run("dpkg", "--audit")));
    }

    [Fact]
    public async Task What_was_not_whole_and_was_mended_by_its_update_stays()
    {
        using var host = new TestHost().Main(APackage("app", "1.0").WithPostinst("exit 1"), APackage("app", "2.0"), APackage("lib", "1.0"), APackage("lib", "2.0"))
            .Install("lib=1.0");
        host.Try("apt-get", "install", "-y", "app=1.0");
        (await host.PatchKeepingAsync(("app", "2.0"), ("lib", "2.0"))).Expect(AgentResult.Done, AgentReasons.Completed);

        (await host.RollbackAsync()).Expect(AgentResult.Done, AgentReasons.Completed);

        Assert.Equal(("2.0", "1.0"), (host.VersionOf("app"), host.VersionOf("lib")));
    }

    [Fact]
    public async Task Without_room_to_keep_what_is_replaced_nothing_is_touched()
    {
        using var host = new TestHost().Main(APackage("app", "1.0").WithBallast(3 << 20), APackage("app", "2.0")).Install("app=1.0");
        host.MountSmallDisk("var/lib/patch-operator", "4m");

        var report = (await host.PatchKeepingAsync(("app", "2.0"))).Expect(AgentResult.PreconditionFailed, AgentReasons.DiskFull);

        Assert.Contains("to keep what is replaced the file system /var/lib/patch-operator needs", report.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(host.PathOf("var/lib/patch-operator")));
        Assert.Equal("1.0", host.VersionOf("app"));
    }
}
