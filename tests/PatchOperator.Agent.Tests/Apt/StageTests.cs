using PatchOperator.Agent.Tests.Hosts;
using PatchOperator.Agent.Tests.Images;
using PatchOperator.Contract;
using static PatchOperator.Agent.Tests.Hosts.TestPackage;

namespace PatchOperator.Agent.Tests.Apt;

public class StageTests
{
    private static readonly AgentRequest Asked = RealHost.Request(AgentStep.Stage, ("app", "2.0"));

    [Fact]
    public async Task What_is_staged_is_installed_though_the_mirror_is_gone_and_does_not_stay()
    {
        using var host = Copying(APackage("app", "1.0"), APackage("app", "2.0"));

        var staged = (await host.RunAsync(Asked)).Expect(AgentResult.Done, AgentReasons.Completed);
        var files = Downloads(host);
        File.Delete(host.PathOf("archive/main/app_2.0_all.deb"));
        var patched = await host.RunAsync(RealHost.Request(AgentStep.Patch, ("app", "2.0")) with { RefreshPackageLists = false });

        Assert.Equal("1 updates are downloaded", staged.Message);
        Assert.Empty(staged.Changed);
        Assert.Equal(["app_2.0_all.deb"], files);
        patched.Expect(AgentResult.Done, AgentReasons.Completed);
        Assert.Equal("2.0", host.VersionOf("app"));
        Assert.Empty(Downloads(host));
    }

    [Fact]
    public async Task A_scan_downloads_what_is_approved_and_knows_the_host_whatever_becomes_of_that()
    {
        using var host = Copying(APackage("app", "1.0"), APackage("app", "2.0"));

        var scan = (await host.RunAsync(Asked with { Step = AgentStep.Scan })).Expect(AgentResult.Done, AgentReasons.Completed);
        var files = Downloads(host);
        File.Delete(host.PathOf("archive/main/app_2.0_all.deb"));
        File.Delete(host.PathOf("var/cache/apt/archives/app_2.0_all.deb"));
        var failed = (await host.RunAsync(Asked with { Step = AgentStep.Scan, RefreshPackageLists = false })).Expect(AgentResult.Done, AgentReasons.Completed);

        Assert.EndsWith("; 1 updates are downloaded", scan.Message, StringComparison.Ordinal);
        Assert.Equal(["app_2.0_all.deb"], files);
        Assert.Contains("; what is approved could not be downloaded yet: ", failed.Message, StringComparison.Ordinal);
        Assert.Null(scan.StagingFailure);
        Assert.EndsWith($": {failed.StagingFailure}", failed.Message, StringComparison.Ordinal);
        Assert.Equal("app", Assert.Single(failed.Pending!).Name);
        Assert.Equal("1.0", host.VersionOf("app"));
    }

    [Fact]
    public async Task What_was_staged_and_is_not_asked_for_any_more_goes()
    {
        using var host = Copying(APackage("app", "1.0"), APackage("app", "2.0"), APackage("lib", "1.0"), APackage("lib", "2.0"));
        host.Install("lib=1.0");
        host.Run("apt-get", "clean");
        await host.RunAsync(RealHost.Request(AgentStep.Stage, ("app", "2.0"), ("lib", "2.0")));
        host.Main(APackage("app", "3.0"));

        (await host.RunAsync(RealHost.Request(AgentStep.Stage, ("app", "3.0")))).Expect(AgentResult.Done, AgentReasons.Completed);
        var staged = Downloads(host);
        (await host.PatchAsync(("app", "3.0"))).Expect(AgentResult.Done, AgentReasons.Completed);

        Assert.Equal(["app_3.0_all.deb"], staged);
        Assert.Empty(Downloads(host));
        Assert.False(File.Exists(host.PathOf("var/cache/patch-operator/staged")));
    }

    [Fact]
    public async Task What_was_staged_goes_with_a_scan_that_asks_for_nothing()
    {
        using var host = Copying(APackage("app", "1.0"), APackage("app", "2.0"));
        await host.RunAsync(Asked);

        (await host.ScanAsync()).Expect(AgentResult.Done, AgentReasons.Completed);

        Assert.Empty(Downloads(host));
        Assert.False(File.Exists(host.PathOf("var/cache/patch-operator/staged")));
    }

    [Fact]
    public async Task What_was_staged_and_somebody_else_has_upgraded_past_goes_with_the_next_scan()
    {
        using var host = Copying(APackage("app", "1.0"), APackage("app", "2.0"));
        await host.RunAsync(Asked);
        host.Main(APackage("app", "3.0"));
        host.Run("apt-get", "update");
        host.Run("apt-get", "install", "-y", "-o", "APT::Keep-Downloaded-Packages=false", "app=3.0");

        (await host.RunAsync(Asked with { Step = AgentStep.Scan })).Expect(AgentResult.Done, AgentReasons.Completed);

        Assert.DoesNotContain("app_2.0_all.deb", Downloads(host));
        Assert.False(File.Exists(host.PathOf("var/cache/patch-operator/staged")));
    }

    [Fact]
    public async Task What_the_administrator_has_downloaded_stays()
    {
        using var host = Copying(APackage("app", "1.0"), APackage("app", "2.0"));
        host.Run("apt-get", "update");
        host.Run("apt-get", "install", "-y", "--download-only", "app=2.0");

        (await host.RunAsync(Asked)).Expect(AgentResult.Done, AgentReasons.Completed);
        (await host.PatchAsync(("app", "2.0"))).Expect(AgentResult.Done, AgentReasons.Completed);

        Assert.Equal(["app_2.0_all.deb"], Downloads(host));
    }

    [Fact]
    public async Task A_staged_file_that_was_changed_is_not_installed()
    {
        using var host = Copying(APackage("app", "1.0"), APackage("app", "2.0"));
        await host.RunAsync(Asked);
        APackage("app", "2.0").WithPostinst("touch /evil").BuildIn(host.PathOf("var/cache/apt/archives"));

        (await host.PatchAsync(("app", "2.0"))).Expect(AgentResult.Done, AgentReasons.Completed);

        Assert.Equal("2.0", host.VersionOf("app"));
        Assert.False(File.Exists(host.PathOf("evil")));
    }

    [Fact]
    public async Task What_is_staged_needs_no_room_for_a_download()
    {
        using var host = new TestHost().Main(APackage("big", "1.0"), APackage("big", "2.0").WithBallast(4 * 1024 * 1024)).Install("big=1.0");
        host.UseSources("deb [trusted=yes] copy:/archive/main ./");
        host.MountSmallDisk("var/cache/apt/archives", "6m");
        host.Write("var/cache/apt/archives/partial/none", "");

        (await host.RunAsync(RealHost.Request(AgentStep.Stage, ("big", "2.0")))).Expect(AgentResult.Done, AgentReasons.Completed);
        (await host.PatchAsync(("big", "2.0"))).Expect(AgentResult.Done, AgentReasons.Completed);

        Assert.Equal("2.0", host.VersionOf("big"));
    }

    [Fact]
    public async Task A_bound_of_the_bandwidth_is_kept()
    {
        using var host = new TestHost().Main(APackage("big", "1.0"), APackage("big", "2.0").WithBallast(4 * 1024 * 1024)).Install("big=1.0");
        using var server = new StaticServer(host.PathOf("archive/main"));
        host.UseSources($"deb [trusted=yes] {server.Url} ./");
        var asked = RealHost.Request(AgentStep.Stage, ("big", "2.0"));
        (await host.ScanAsync()).Expect(AgentResult.Done, AgentReasons.Completed);

        var slow = await host.RunAsync(asked with { StagingBytesPerSecond = 10_000, RefreshPackageLists = false, TimeoutSeconds = 10 });
        var fast = await host.RunAsync(asked with { StagingBytesPerSecond = 100_000_000 });

        slow.Expect(AgentResult.PackageManagerFailed, AgentReasons.TimedOut);
        Assert.Contains("downloading the updates", slow.Errors, StringComparison.Ordinal);
        fast.Expect(AgentResult.Done, AgentReasons.Completed);
    }

    [Fact]
    public async Task What_would_stop_the_installation_stops_the_download()
    {
        using var host = Copying(APackage("app", "1.0"), APackage("app", "2.0").DependsOn("fresh"), APackage("fresh", "1.0"));

        var report = (await host.RunAsync(Asked)).Expect(AgentResult.PreconditionFailed, AgentReasons.UnapprovedChange);

        Assert.Contains("install fresh 1.0", report.Message, StringComparison.Ordinal);
        Assert.Empty(Downloads(host));
    }

    [Fact]
    public async Task A_package_that_cannot_be_downloaded_is_named()
    {
        using var host = Copying(APackage("app", "1.0"), APackage("app", "2.0"));
        host.Run("apt-get", "update");
        File.Delete(host.PathOf("archive/main/app_2.0_all.deb"));

        var report = (await host.RunAsync(Asked with { RefreshPackageLists = false })).Expect(AgentResult.PreconditionFailed, AgentReasons.RepositoryUnavailable);

        Assert.Contains("app_2.0_all.deb", report.Message, StringComparison.Ordinal);
        Assert.Equal("1.0", host.VersionOf("app"));
    }

    [Fact]
    public async Task Where_all_is_installed_there_is_nothing_to_download()
    {
        using var host = Copying(APackage("app", "2.0"));

        (await host.RunAsync(Asked)).Expect(AgentResult.NothingToDo, AgentReasons.NothingToDo);
    }

    /// <summary>Packages of a copy: source are put into the archive directory, as downloads are. The first is installed.</summary>
    private static TestHost Copying(params TestPackage[] packages)
    {
        var host = new TestHost().Main(packages[0]);
        host.UseSources("deb [trusted=yes] copy:/archive/main ./");
        host.Install("app").Main(packages);
        host.Run("apt-get", "clean");
        return host;
    }

    private static List<string?> Downloads(TestHost host) => [.. Directory.EnumerateFiles(host.PathOf("var/cache/apt/archives"), "*.deb").Select(Path.GetFileName)];
}
