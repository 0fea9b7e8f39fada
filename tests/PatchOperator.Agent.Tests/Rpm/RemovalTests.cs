using PatchOperator.Agent.Tests.Dnf;
using PatchOperator.Agent.Tests.Hosts;
using PatchOperator.Agent.Tests.Images;
using PatchOperator.Agent.Tests.Running;
using PatchOperator.Contract;
using static PatchOperator.Agent.Tests.Rpm.RpmPackage;

namespace PatchOperator.Agent.Tests.Rpm;

/// <summary>What cannot be installed beside another package is, where that may go; nothing else goes.</summary>
public class RemovalTests
{
    private static readonly ApprovedUpdate Fix = new("libfoo", "2.0-1") { Removes = ["oldapp"] };

    public static TheoryData<string> Managers { get; } = [RpmImage.Dnf, RpmImage.Dnf5, RpmImage.Zypper];

    [Theory, MemberData(nameof(Managers))]
    public async Task A_fix_says_what_would_have_to_go_for_it_and_takes_it_away_and_back(string manager)
    {
        using var host = Behind(manager, AnRpm("oldapp", "1.0-1").Requires("libfoo < 2").WithConfiguration("/etc/oldapp.conf", "default\n"));
        host.Write("etc/oldapp.conf", "mine\n");

        var scanned = await ScanAsync(host);
        var unasked = (await host.PatchAsync(("libfoo", "2.0-1"))).Report;
        var patched = (await host.RunAsync(Request(Fix) with { KeepReplaced = true })).Expect(AgentResult.Done, AgentReasons.Completed);
        var back = (await host.RollbackAsync()).Expect(AgentResult.Done, AgentReasons.Completed);

        Assert.Equal(["libfoo 1.0-1 2.0-1: oldapp"], scanned);
        Assert.Contains("nothing was touched", unasked.Message, StringComparison.Ordinal);
        Assert.Equal([new ChangedPackage("libfoo", "1.0-1", "2.0-1"), new ChangedPackage("oldapp", "1.0-1", "")], patched.Changed);
        Assert.Equal(2, patched.Kept!.Packages);
        Assert.Equal([new ChangedPackage("libfoo", "2.0-1", "1.0-1"), new ChangedPackage("oldapp", "", "1.0-1")], back.Changed);
        Assert.Equal("2 packages changed, all is as it was before", back.Message);
        Assert.Equal("1.0-1\n", host.VersionsOf("oldapp"));
    }

    [Theory, MemberData(nameof(Managers))]
    public async Task Where_nothing_may_go_nobody_finds_out_what_would(string manager)
    {
        using var host = Behind(manager, AnRpm("oldapp", "1.0-1").Requires("libfoo < 2"));

        var report = (await host.RunAsync(RealHost.Request(AgentStep.Scan) with { AllowRemovals = false })).Expect(AgentResult.Done, AgentReasons.Completed);

        Assert.True(report.Pending is [{ Name: "libfoo", Blocked: not null, Removes: null }]);
        Assert.DoesNotContain(report.Commands, Removes);
        Assert.Contains((await host.ScanAsync()).Report.Commands, Removes);

        static bool Removes(CommandFacts command) => command.Line.Contains("--allowerasing") || command.Line.Contains("--force-resolution");
    }

    [Theory, MemberData(nameof(Managers))]
    public async Task Where_more_would_go_than_was_approved_nothing_is_touched(string manager)
    {
        using var host = Behind(manager, AnRpm("oldapp", "1.0-1").Requires("libfoo < 2"), AnRpm("plugin", "1.0-1").Requires("oldapp"));

        var report = (await host.RunAsync(Request(Fix))).Expect(AgentResult.PreconditionFailed, AgentReasons.UnapprovedChange);

        Assert.Equal(["libfoo 1.0-1 2.0-1: oldapp plugin"], await ScanAsync(host));
        Assert.Matches($"^to install the approved updates {manager.TrimEnd('5')} would also remove plugin( 1.0-1)?; nothing was touched$", report.Message);
        Assert.Equal(("1.0-1\n", "1.0-1\n"), (host.VersionsOf("libfoo"), host.VersionsOf("oldapp")));
    }

    [Theory, MemberData(nameof(Managers))]
    public async Task A_fix_under_another_name_that_conflicts_with_the_old_one_comes_with_all_that_belongs_to_it(string manager)
    {
        using var host = RpmImage.Host(manager);
        host.Offer(AnRpm("app", "1.0-1").Requires("libbar1"), AnRpm("libbar1", "1.0-1")).Install("app-1.0-1")
            .Offer(AnRpm("app", "1.1-1").Requires("libbar2"), AnRpm("libbar2", "1.0-1").Conflicts("libbar1"));

        Assert.Equal(["app 1.0-1 1.1-1: libbar1", "libbar2  1.0-1: libbar1"], await ScanAsync(host));
        var updates = new[] { ("app", "1.1-1"), ("libbar2", "1.0-1") }.Select(update => new ApprovedUpdate(update.Item1, update.Item2) { Removes = ["libbar1"] });
        var before = Automatic(host, "libbar1");
        (await host.RunAsync(Request([.. updates]) with { KeepReplaced = true })).Expect(AgentResult.Done, AgentReasons.Completed);
        var back = (await host.RollbackAsync()).Expect(AgentResult.Done, AgentReasons.Completed);

        Assert.Equal(3, back.Changed.Count);
        Assert.Equal(("1.0-1\n", true, true), (host.VersionsOf("libbar1"), before, Automatic(host, "libbar1")));
    }

    [Theory, MemberData(nameof(Managers))]
    public async Task What_is_locked_stays_whoever_has_approved_that_it_goes(string manager)
    {
        using var host = Behind(manager, AnRpm("oldapp", "1.0-1").Requires("libfoo < 2"));
        host.Hold("oldapp");

        Assert.Equal(["libfoo 1.0-1 2.0-1: "], await ScanAsync(host));
        var report = (await host.RunAsync(Request(Fix))).Report;

        Assert.Contains("nothing was touched", report.Message, StringComparison.Ordinal);
        Assert.Equal(("1.0-1\n", "1.0-1\n"), (host.VersionsOf("libfoo"), host.VersionsOf("oldapp")));
    }

    [Theory, MemberData(nameof(Managers))]
    public async Task What_a_host_cannot_be_without_stays(string manager)
    {
        using var host = Behind(manager, AnRpm("systemd", "1.0-1").Requires("libfoo < 2"));

        Assert.Equal(["libfoo 1.0-1 2.0-1: "], await ScanAsync(host));
        var update = Fix with { Removes = ["systemd"] };
        (await host.RunAsync(Request(update))).Expect(AgentResult.PreconditionFailed, AgentReasons.UnapprovedChange);
        Assert.Equal("1.0-1\n", host.VersionsOf("systemd"));
    }

    [Theory, MemberData(nameof(Managers))]
    public async Task What_can_be_downloaded_can_be_with_a_removal(string manager)
    {
        using var host = Behind(manager, AnRpm("oldapp", "1.0-1").Requires("libfoo < 2"));

        (await host.RunAsync(Request(Fix) with { Step = AgentStep.Stage })).Expect(AgentResult.Done, AgentReasons.Completed);
        Assert.Equal("1.0-1\n", host.VersionsOf("oldapp"));
    }

    [Theory, MemberData(nameof(Managers))]
    public async Task What_was_torn_off_before_something_went_is_finished(string manager)
    {
        using var host = Behind(manager, AnRpm("oldapp", "1.0-1").Requires("libfoo < 2"));
        host.Offer(AnRpm("libfoo", "2.0-1").WithScript("post", "if [ -p /gate ]; then read answer < /gate || :; fi"));
        Shell.Run("mkfifo", host.PathOf("gate"));
        using var agent = host.Start(Request(Fix));
        await using (await Task.Run(() => File.OpenWrite(host.PathOf("gate"))))
        {
            var process = host is DnfHost dnf ? $"{dnf.TransactionProcess}" : host.Read("run/zypp.pid").Trim();
            Shell.Run("pkill", "-KILL", "-s", Shell.Run("ps", "-o", "sid=", "-p", process).Trim());
            (await agent.WaitAsync()).Expect(AgentResult.PackageManagerFailed, AgentReasons.PackageManagerFailed);
        }

        File.Delete(host.PathOf("gate"));
        var report = (await host.RunAsync(Request(Fix))).Expect(AgentResult.Done, AgentReasons.Completed);

        Assert.Empty(report.Incomplete!);
        Assert.Equal([new ChangedPackage("libfoo", "1.0-1", "2.0-1"), new ChangedPackage("oldapp", "1.0-1", "")], report.Changed);
    }

    private static AgentRequest Request(params ApprovedUpdate[] updates) => RealHost.Request(AgentStep.Patch) with { Updates = updates };

    /// <summary>A host with a fix that some packages have no place beside.</summary>
    private static RpmHost Behind(string manager, params RpmPackage[] others)
    {
        var host = RpmImage.Host(manager);
        return host.Offer([AnRpm("libfoo", "1.0-1"), .. others]).Install("libfoo-1.0-1").Install([.. others.Select(package => package.Name)]).Offer(AnRpm("libfoo", "2.0-1"));
    }

    private static bool Automatic(RpmHost host, string name) => host is DnfHost dnf
        ? !dnf.Dnf("repoquery", "--userinstalled", "--queryformat", "%{name}\n").Split('\n').Contains(name)
        : host.Read("var/lib/zypp/AutoInstalled").Split('\n').Contains(name);

    private static async Task<List<string>> ScanAsync(RpmHost host) =>
    [
        .. (await host.ScanAsync()).Expect(AgentResult.Done, AgentReasons.Completed).Pending!
            .Select(update => $"{update.Name} {update.Installed} {update.Candidate}: {string.Join(' ', update.Removes ?? [])}"),
    ];
}
