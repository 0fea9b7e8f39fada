using PatchOperator.Agent.Tests.Rpm;
using PatchOperator.Agent.Tests.Running;
using PatchOperator.Contract;
using static PatchOperator.Agent.Tests.Rpm.RpmPackage;

namespace PatchOperator.Agent.Tests.Zypper;

/// <summary>On a real btrfs, with the real snapper.</summary>
public class SnapshotRollbackTests
{
    private static RpmPackage App(string version) => AnRpm("app", version)
        .WithConfiguration("/etc/app.conf", "default")
        .WithConfiguration("/etc/app.rules", "default")
        .WithScript("post", $"for file in app.conf app.rules app.state; do echo {version} > /etc/$file; done");

    [Fact]
    public async Task Configuration_that_an_update_has_changed_comes_back_and_what_somebody_has_changed_since_stays()
    {
        using var host = ZypperHost.WithSnapper();
        host.Offer(App("1.0-1")).Install("app").Offer(App("2.0-1"));
        host.Write("/etc/app.conf", "mine");
        host.Write("/etc/app.rules", "mine");

        (await host.PatchKeepingAsync(("app", "2.0-1"))).Expect(AgentResult.Done, AgentReasons.Completed);
        var migrated = host.Read("/etc/app.conf");
        host.Write("/etc/app.rules", "written since");
        host.Write("/etc/others", "written since");
        var back = (await host.RollbackAsync()).Expect(AgentResult.Done, AgentReasons.Completed);

        Assert.Equal("2.0-1\n", migrated);
        Assert.Equal([new ChangedPackage("app", "2.0-1", "1.0-1")], back.Changed);
        Assert.Equal(("mine", "1.0-1\n", "written since"), (host.Read("/etc/app.conf"), host.Read("/etc/app.state"), host.Read("/etc/others")));
        Assert.NotEqual("mine", host.Read("/etc/app.rules"));
        Assert.Contains("files came back that services read as they start: /etc/app.conf", back.Reboot!.Because);
    }

    [Fact]
    public async Task A_rollback_that_is_looked_at_again_leaves_what_was_changed_after_it()
    {
        using var host = ZypperHost.WithSnapper();
        host.Offer(App("1.0-1")).Install("app").Offer(App("2.0-1"));

        (await host.PatchKeepingAsync(("app", "2.0-1"))).Expect(AgentResult.Done, AgentReasons.Completed);
        (await host.RollbackAsync()).Expect(AgentResult.Done, AgentReasons.Completed);
        host.Write("/etc/app.conf", "written since");
        (await host.RollbackAsync()).Expect(AgentResult.Done, AgentReasons.Completed);

        Assert.Equal("written since", host.Read("/etc/app.conf"));
    }

    [Fact]
    public async Task What_no_repository_has_any_more_is_not_brought_back_by_files_and_the_snapshot_is_named()
    {
        using var host = ZypperHost.WithSnapper();
        host.Offer(App("1.0-1")).Install("app").Offer(App("2.0-1")).Withdraw(App("1.0-1"));

        var patched = (await host.PatchKeepingAsync(("app", "2.0-1"))).Expect(AgentResult.Done, AgentReasons.Completed);
        var report = (await host.RollbackAsync()).Expect(AgentResult.PackageManagerFailed, AgentReasons.NotBroughtBack);

        Assert.Equal(["app"], patched.Kept!.Without);
        Assert.Contains("zypper finds no way back", report.Message, StringComparison.Ordinal);
        Assert.EndsWith("snapshot 1 of snapper has the host as it was before the operation", report.Message, StringComparison.Ordinal);
        Assert.Equal(("2.0-1\n", "2.0-1", "2.0-1\n"), (host.VersionsOf("app"), host.Read("/usr/share/app/version"), host.Read("/etc/app.conf")));
    }

    /// <summary>snapper ends with 0 then.</summary>
    [Fact]
    public async Task A_file_that_does_not_come_back_is_named_and_comes_back_at_the_next_attempt()
    {
        using var host = ZypperHost.WithSnapper();
        host.Offer(App("1.0-1")).Install("app").Offer(App("2.0-1"));
        host.Write("/etc/app.conf", "mine");

        (await host.PatchKeepingAsync(("app", "2.0-1"))).Expect(AgentResult.Done, AgentReasons.Completed);
        Shell.Run("chattr", "+i", host.PathOf("/etc/app.conf"));
        var report = (await host.RollbackAsync()).Expect(AgentResult.VerificationFailed, AgentReasons.NotBroughtBack);
        Shell.Run("chattr", "-i", host.PathOf("/etc/app.conf"));
        (await host.RollbackAsync()).Expect(AgentResult.Done, AgentReasons.Completed);

        Assert.Contains("could not bring back /etc/app.conf", report.Message, StringComparison.Ordinal);
        Assert.Equal("mine", host.Read("/etc/app.conf"));
    }

    [Fact]
    public async Task Snapshots_of_somebody_else_that_have_the_numbers_of_ours_are_left_alone()
    {
        using var host = ZypperHost.WithSnapper();
        host.Offer(App("1.0-1")).Install("app").Offer(App("2.0-1"));

        (await host.PatchKeepingAsync(("app", "2.0-1"))).Expect(AgentResult.Done, AgentReasons.Completed);
        host.Snapper("delete", "1", "2");
        host.Snapper("create", "--type", "pre");
        host.Write("/etc/app.conf", "mine");
        host.Snapper("create", "--type", "post", "--pre-number", "1");
        (await host.RollbackAsync()).Expect(AgentResult.Done, AgentReasons.Completed);

        Assert.Equal(("1.0-1\n", "1.0-1\n"), (host.VersionsOf("app"), host.Read("/etc/app.conf")));
    }

    [Fact]
    public async Task Without_snapper_at_hand_packages_come_back_by_their_versions()
    {
        using var host = ZypperHost.WithSnapper();
        host.Offer(App("1.0-1")).Install("app").Offer(App("2.0-1"));

        (await host.PatchKeepingAsync(("app", "2.0-1"))).Expect(AgentResult.Done, AgentReasons.Completed);
        File.Delete(host.PathOf("/usr/bin/snapper"));
        var back = (await host.RollbackAsync()).Expect(AgentResult.Done, AgentReasons.Completed);
        var again = (await host.PatchKeepingAsync(("app", "2.0-1"))).Expect(AgentResult.Done, AgentReasons.Completed);

        Assert.Equal([new ChangedPackage("app", "2.0-1", "1.0-1")], back.Changed);
        Assert.Equal([new ChangedPackage("app", "1.0-1", "2.0-1")], again.Changed);
    }

    [Fact]
    public async Task Each_operation_has_one_pair_that_snapper_clears_away_and_the_last_one_is_taken_back()
    {
        using var host = ZypperHost.WithSnapper();
        host.Offer(App("1.0-1")).Install("app").Offer(App("2.0-1"), App("3.0-1"));
        host.Write("/usr/lib/zypp/plugins/commit/asked", "#!/bin/sh\necho \"plugin of snapper: ${DISABLE_SNAPPER_ZYPP_PLUGIN-enabled}\" >> /var/asked\n");
        host.Run("chmod", "+x", "/usr/lib/zypp/plugins/commit/asked");

        foreach (var (operation, version) in new[] { ("first", "2.0-1"), ("second", "3.0-1") })
            (await host.RunAsync(Request(AgentStep.Patch, operation, version))).Expect(AgentResult.Done, AgentReasons.Completed);
        var snapshots = host.Snapper("--csvout", "list", "--columns", "number,type,pre-number,cleanup,userdata");
        var asked = host.Read("/var/asked");
        var back = (await host.RunAsync(Request(AgentStep.Rollback, "second"))).Expect(AgentResult.Done, AgentReasons.Completed);

        Assert.Equal(
            """
            number,type,pre-number,cleanup,userdata
            0,single,,,
            1,pre,,number,"important=yes, patchoperator=first"
            2,post,1,number,"important=yes, patchoperator=first"
            3,pre,,number,"important=yes, patchoperator=second"
            4,post,3,number,"important=yes, patchoperator=second"

            """,
            snapshots);
        Assert.Equal("plugin of snapper: 1\nplugin of snapper: 1\n", asked);
        Assert.Equal([new ChangedPackage("app", "3.0-1", "2.0-1")], back.Changed);
        Assert.Equal("2.0-1\n", host.Read("/etc/app.conf"));
    }

    private static AgentRequest Request(AgentStep step, string operation, params string[] versions) =>
        ZypperHost.Request(step, [.. versions.Select(version => ("app", version))]) with { Operation = operation, KeepReplaced = step == AgentStep.Patch };

    [Fact]
    public async Task A_snapshot_that_an_agent_did_not_live_to_make_is_made_by_the_rollback()
    {
        using var host = ZypperHost.WithSnapper();
        host.Offer(App("1.0-1")).Install("app").Offer(App("2.0-1").WithScript("posttrans", "read answer < /gate"));
        host.Write("/etc/app.conf", "mine");
        Shell.Run("mkfifo", host.PathOf("gate"));

        using (var agent = host.Start(Request(AgentStep.Patch, "run-1-node-1", "2.0-1")))
        {
            // Opening the pipe for writing returns when the scriptlet has it open for reading.
            await using var gate = new FileStream(host.PathOf("gate"), FileMode.Open, FileAccess.Write);
            agent.Signal("KILL");
            await agent.WaitAsync();
            await gate.WriteAsync("go\n"u8.ToArray());
        }

        var snapshots = host.Snapper("--csvout", "list", "--columns", "type");
        var back = (await host.RollbackAsync()).Expect(AgentResult.Done, AgentReasons.Completed);

        Assert.Equal("type\nsingle\npre\n", snapshots);
        Assert.Equal([new ChangedPackage("app", "2.0-1", "1.0-1")], back.Changed);
        Assert.Equal("mine", host.Read("/etc/app.conf"));
    }

    [Fact]
    public async Task A_patch_that_is_tried_again_is_taken_back_to_before_its_first_attempt()
    {
        using var host = ZypperHost.WithSnapper();
        host.Offer(App("1.0-1")).Install("app");
        host.Offer(App("2.0-1"), AnRpm("bad", "1.0-1")).Install("bad").Offer(AnRpm("bad", "2.0-1").WithScript("pre", "test -e /etc/good"));
        host.Write("/etc/app.conf", "mine");

        (await host.PatchKeepingAsync(("app", "2.0-1"), ("bad", "2.0-1"))).Expect(AgentResult.PackageManagerFailed, AgentReasons.PackageManagerFailed);
        host.Write("/etc/good", "");
        (await host.PatchKeepingAsync(("app", "2.0-1"), ("bad", "2.0-1"))).Expect(AgentResult.Done, AgentReasons.Completed);
        var snapshots = host.Snapper("--csvout", "list", "--columns", "type");
        (await host.RollbackAsync()).Expect(AgentResult.Done, AgentReasons.Completed);

        Assert.Equal("type\nsingle\npre\npost\n", snapshots);
        Assert.Equal(("1.0-1\n", "1.0-1\n", "mine"), (host.VersionsOf("app"), host.VersionsOf("bad"), host.Read("/etc/app.conf")));
    }

    [Fact]
    public async Task What_snapshots_keep_takes_room()
    {
        using var host = ZypperHost.WithSnapper();
        host.Offer(AnRpm("large", "1.0-1").WithBallast(60 << 20)).Install("large").Offer(AnRpm("large", "2.0-1").WithBallast(60 << 20));
        var free = new DriveInfo(host.Root).AvailableFreeSpace;
        Shell.Run("fallocate", "--length", $"{free - (150L << 20)}", host.PathOf("/var/ballast"));

        var report = (await host.PatchKeepingAsync(("large", "2.0-1"))).Expect(AgentResult.PreconditionFailed, AgentReasons.DiskFull);

        Assert.Contains("/usr", report.Message, StringComparison.Ordinal);
        Assert.Equal("1.0-1\n", host.VersionsOf("large"));
    }
}
