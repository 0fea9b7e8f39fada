using System.Globalization;
using PatchOperator.Agent.Tests.Hosts;
using PatchOperator.Contract;
using static PatchOperator.Agent.Tests.Hosts.TestPackage;

namespace PatchOperator.Agent.Tests.Apt;

public class ScanTests
{
    [Fact]
    public async Task Tells_security_from_other_updates_and_holds_from_both()
    {
        using var host = new TestHost()
            .Main(
                APackage("plain", "1.0"), APackage("plain", "2.0"), APackage("urgent", "1.0"), APackage("overtaken", "1.0"), APackage("overtaken", "3.0"),
                APackage("held", "1.0"))
            .Security(APackage("urgent", "1.1"), APackage("overtaken", "2.0"), APackage("held", "1.1"))
            .Install("plain=1.0", "urgent=1.0", "overtaken=1.0", "held=1.0");
        host.Run("apt-mark", "hold", "held");

        var report = (await host.ScanAsync()).Expect(AgentResult.Done, AgentReasons.Completed);

        Assert.Equal(
            [
                new PendingUpdate("held", "1.0", "1.1", Security: true, Held: true),
                new PendingUpdate("overtaken", "1.0", "3.0", Security: true, Held: false),
                new PendingUpdate("plain", "1.0", "2.0", Security: false, Held: false),
                new PendingUpdate("urgent", "1.0", "1.1", Security: true, Held: false),
            ],
            report.Pending!);
        Assert.Equal("debian-12", report.Host.OsFamily);
        Assert.Equal("apt", report.Host.PackageManager);
        Assert.Equal(host.Run("dpkg", "--print-architecture").Trim(), report.Host.Architecture);
        Assert.False(report.Reboot!.Required);
    }

    [Fact]
    public async Task What_a_security_update_needs_is_security_too()
    {
        using var host = new TestHost()
            .Main(
                APackage("app", "1.0"), APackage("lib", "1.0"), APackage("lib", "2.0"), APackage("fresh", "1.0"), APackage("other", "1.0"),
                APackage("other", "2.0").DependsOn("unrelated"), APackage("unrelated", "1.0"))
            .Security(APackage("app", "1.1").DependsOn("lib (>= 2.0), fresh"))
            .Install("app=1.0", "lib=1.0", "other=1.0");

        var report = (await host.ScanAsync()).Expect(AgentResult.Done, AgentReasons.Completed);

        Assert.Equal(
            [
                new PendingUpdate("app", "1.0", "1.1", Security: true, Held: false),
                new PendingUpdate("fresh", "", "1.0", Security: true, Held: false),
                new PendingUpdate("lib", "1.0", "2.0", Security: true, Held: false),
                new PendingUpdate("other", "1.0", "2.0", Security: false, Held: false),
                new PendingUpdate("unrelated", "", "1.0", Security: false, Held: false),
            ],
            report.Pending!);
    }

    [Fact]
    public async Task The_patch_level_is_what_sort_and_sha256sum_make_of_the_list()
    {
        using var host = new TestHost();

        var report = (await host.ScanAsync()).Expect(AgentResult.Done, AgentReasons.Completed);

        var expected = host.Run("sh", "-c", "dpkg-query -W -f '${Package}=${Version}\\n' | LC_ALL=C sort | sha256sum");
        Assert.Equal(expected.Split(' ')[0], report.Installed!.PatchLevel);
        Assert.Equal(host.Run("dpkg-query", "-W", "-f", "x").Length, report.Installed.Packages);
        Assert.Empty(report.Pending!);
    }

    [Fact]
    public async Task A_clock_that_is_behind_is_told_from_a_mirror_that_is_down()
    {
        using var host = new TestHost();
        var release = host.PathOf("archive/main/Release");
        var tomorrow = TimeProvider.System.GetUtcNow().AddDays(1).ToString("R", CultureInfo.InvariantCulture);
        await File.WriteAllLinesAsync(release, File.ReadAllLines(release).Select(line => line.StartsWith("Date:", StringComparison.Ordinal) ? $"Date: {tomorrow}" : line));

        var report = (await host.ScanAsync()).Expect(AgentResult.PreconditionFailed, AgentReasons.ClockWrong);

        Assert.StartsWith("the host's clock is behind, or a repository's is ahead: on the host it is ", report.Message, StringComparison.Ordinal);
        Assert.Contains("is not valid yet", report.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mirror_that_is_down_is_named()
    {
        using var host = new TestHost();
        host.UseSources("deb [trusted=yes] file:/archive/main ./", "deb [trusted=yes] http://127.0.0.1:9/debian ./");

        var report = (await host.ScanAsync()).Expect(AgentResult.PreconditionFailed, AgentReasons.RepositoryUnavailable);

        Assert.Contains("http://127.0.0.1:9/debian", report.Message, StringComparison.Ordinal);
        Assert.Null(report.Installed);
        Assert.Null(report.Pending);
        Assert.Null(report.Reboot);
    }

    [Fact]
    public async Task Without_a_refresh_the_lists_stay_as_they_are()
    {
        using var host = new TestHost().Main(APackage("plain", "1.0"));
        // apt reads the index of a file: source where it is; that of a copy: source is fetched, as over a network.
        host.UseSources("deb [trusted=yes] copy:/archive/main ./");
        host.Install("plain");
        host.Main(APackage("plain", "2.0"));

        var stale = await host.RunAsync(new AgentRequest { Step = AgentStep.Scan, Operation = "scan", RefreshPackageLists = false });
        var fresh = await host.ScanAsync();

        Assert.Empty(stale.Expect(AgentResult.Done, AgentReasons.Completed).Pending!);
        Assert.Single(fresh.Expect(AgentResult.Done, AgentReasons.Completed).Pending!);
    }

    [Fact]
    public async Task Another_system_is_refused_by_name()
    {
        using var host = new TestHost();
        File.Delete(host.PathOf("etc/os-release"));
        File.WriteAllText(host.PathOf("etc/os-release"), "ID=fedora\nVERSION_ID=42\nPRETTY_NAME=\"Fedora Linux 42\"\n");

        var report = (await host.ScanAsync()).Expect(AgentResult.PreconditionFailed, AgentReasons.UnsupportedSystem);

        Assert.Contains("'fedora'", report.Message, StringComparison.Ordinal);
        Assert.Equal("fedora-42", report.Host.OsFamily);
    }
}
