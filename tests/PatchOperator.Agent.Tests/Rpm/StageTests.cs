using PatchOperator.Agent.Tests.Dnf;
using PatchOperator.Agent.Tests.Hosts;
using PatchOperator.Agent.Tests.Images;
using PatchOperator.Contract;
using static PatchOperator.Agent.Tests.Rpm.RpmPackage;

namespace PatchOperator.Agent.Tests.Rpm;

/// <summary>What is downloaded before it is installed, from a repository that a web server has.</summary>
public class StageTests
{
    private static readonly AgentRequest Asked = RealHost.Request(AgentStep.Stage, ("app", "2.0-1"));

    public static TheoryData<string> Managers { get; } = [RpmImage.Dnf, RpmImage.Dnf5, RpmImage.Zypper];

    [Theory]
    [MemberData(nameof(Managers))]
    public async Task What_is_staged_is_installed_though_the_mirror_is_gone_and_does_not_stay(string manager)
    {
        using var host = Host(manager);
        using var server = Serve(host);

        var staged = (await host.RunAsync(Asked)).Expect(AgentResult.Done, AgentReasons.Completed);
        var files = Downloads(host);
        server.Dispose();
        var patched = await host.RunAsync(RealHost.Request(AgentStep.Patch, ("app", "2.0-1")) with { RefreshPackageLists = false });

        Assert.Equal("1 updates are downloaded", staged.Message);
        Assert.Empty(staged.Changed);
        Assert.Equal(["app-2.0-1.noarch.rpm"], files);
        patched.Expect(AgentResult.Done, AgentReasons.Completed);
        Assert.Equal("2.0-1\n", host.VersionsOf("app"));
        Assert.Empty(Downloads(host));
    }

    [Theory]
    [MemberData(nameof(Managers))]
    public async Task What_was_staged_and_is_not_asked_for_any_more_goes(string manager)
    {
        using var host = Host(manager);
        using var server = Serve(host);
        await host.RunAsync(Asked);
        host.Offer(AnRpm("app", "3.0-1"));

        (await host.RunAsync(RealHost.Request(AgentStep.Stage, ("app", "3.0-1")))).Expect(AgentResult.Done, AgentReasons.Completed);
        var staged = Downloads(host);
        (await host.PatchAsync(("app", "3.0-1"))).Expect(AgentResult.Done, AgentReasons.Completed);

        Assert.Contains("app-3.0-1.noarch.rpm", staged);
        Assert.Empty(Downloads(host));
        Assert.Equal("3.0-1\n", host.VersionsOf("app"));
    }

    [Theory]
    [MemberData(nameof(Managers))]
    public async Task What_was_staged_goes_with_a_scan_that_asks_for_nothing(string manager)
    {
        using var host = Host(manager);
        using var server = Serve(host);
        await host.RunAsync(Asked);

        (await host.ScanAsync()).Expect(AgentResult.Done, AgentReasons.Completed);

        Assert.Empty(Downloads(host));
    }

    [Theory]
    [MemberData(nameof(Managers))]
    public async Task A_staged_file_that_was_changed_is_not_installed(string manager)
    {
        using var host = Host(manager);
        using var server = Serve(host);
        await host.RunAsync(Asked);
        var file = Assert.Single(Directory.EnumerateFiles(host.PathOf("var/cache"), "app-2.0-1.noarch.rpm", SearchOption.AllDirectories));
        AnRpm("app", "2.0-1").WithScript("post", "touch /evil").BuildIn(Path.GetDirectoryName(file)!);

        (await host.PatchAsync(("app", "2.0-1"))).Expect(AgentResult.Done, AgentReasons.Completed);

        Assert.Equal("2.0-1\n", host.VersionsOf("app"));
        Assert.False(File.Exists(host.PathOf("evil")));
    }

    [Theory]
    [InlineData(RpmImage.Dnf, "var/cache/dnf")]
    [InlineData(RpmImage.Dnf5, "var/cache/libdnf5")]
    [InlineData(RpmImage.Zypper, "var/cache/zypp")]
    public async Task What_is_staged_needs_no_room_for_a_download(string manager, string cache)
    {
        using var host = RpmImage.Host(manager);
        host.Offer(AnRpm("big", "1.0-1"), AnRpm("big", "2.0-1").WithBallast(4 * 1024 * 1024)).Install("big-1.0");
        using var server = Serve(host);
        host.MountSmallDisk(cache, "7m");

        (await host.RunAsync(RealHost.Request(AgentStep.Stage, ("big", "2.0-1")))).Expect(AgentResult.Done, AgentReasons.Completed);
        (await host.PatchAsync(("big", "2.0-1"))).Expect(AgentResult.Done, AgentReasons.Completed);

        Assert.Equal("2.0-1\n", host.VersionsOf("big"));
    }

    [Theory]
    [MemberData(nameof(Managers))]
    public async Task A_package_that_cannot_be_downloaded_is_named(string manager)
    {
        using var host = Host(manager);
        using var server = Serve(host);
        (await host.ScanAsync()).Expect(AgentResult.Done, AgentReasons.Completed);
        File.Delete(host.PathOf("repository/app-2.0-1.noarch.rpm"));

        var report = (await host.RunAsync(Asked with { RefreshPackageLists = false })).Expect(AgentResult.PreconditionFailed, AgentReasons.RepositoryUnavailable);

        Assert.Contains("app-2.0-1.noarch.rpm", report.Message, StringComparison.Ordinal);
        Assert.Equal("1.0-1\n", host.VersionsOf("app"));
    }

    [Theory]
    [MemberData(nameof(Managers))]
    public async Task A_bound_of_the_bandwidth_is_kept(string manager)
    {
        using var host = RpmImage.Host(manager);
        host.Offer(AnRpm("big", "1.0-1")).Install("big").Offer(AnRpm("big", "2.0-1").WithBallast(4 * 1024 * 1024));
        using var server = Serve(host);
        var asked = RealHost.Request(AgentStep.Stage, ("big", "2.0-1"));
        (await host.ScanAsync()).Expect(AgentResult.Done, AgentReasons.Completed);

        var slow = await host.RunAsync(asked with { StagingBytesPerSecond = 10_000, RefreshPackageLists = false, TimeoutSeconds = 10 });
        var fast = await host.RunAsync(asked with { StagingBytesPerSecond = 100_000_000 });

        slow.Expect(AgentResult.PackageManagerFailed, AgentReasons.TimedOut);
        Assert.Contains("downloading the updates", slow.Errors, StringComparison.Ordinal);
        fast.Expect(AgentResult.Done, AgentReasons.Completed);
        Assert.False(File.Exists(host.PathOf("var/cache/patch-operator/zypp.conf")));
    }

    [Theory]
    [MemberData(nameof(Managers))]
    public async Task What_the_administrator_has_downloaded_stays(string manager)
    {
        using var host = Host(manager);
        using var server = Serve(host);
        Download(host, "app");

        (await host.RunAsync(Asked)).Expect(AgentResult.Done, AgentReasons.Completed);
        (await host.ScanAsync()).Expect(AgentResult.Done, AgentReasons.Completed);

        Assert.Equal(["app-2.0-1.noarch.rpm"], Downloads(host));
    }

    [Theory]
    [MemberData(nameof(Managers))]
    public async Task Where_the_host_keeps_what_it_downloads_what_was_installed_stays_and_what_was_only_staged_goes(string manager)
    {
        using var host = Host(manager);
        using var server = Serve(host);
        KeepCache(host);
        await host.RunAsync(Asked);
        host.Offer(AnRpm("app", "3.0-1"), AnRpm("app", "4.0-1"));

        (await host.RunAsync(RealHost.Request(AgentStep.Patch, ("app", "3.0-1")))).Expect(AgentResult.Done, AgentReasons.Completed);
        var left = Downloads(host);
        (await host.RunAsync(RealHost.Request(AgentStep.Stage, ("app", "4.0-1")))).Expect(AgentResult.Done, AgentReasons.Completed);
        (await host.PatchAsync(("app", "4.0-1"))).Expect(AgentResult.Done, AgentReasons.Completed);
        (await host.ScanAsync()).Expect(AgentResult.Done, AgentReasons.Completed);

        Assert.Equal(["app-3.0-1.noarch.rpm"], left);
        Assert.Equal(["app-3.0-1.noarch.rpm", "app-4.0-1.noarch.rpm"], Downloads(host));
    }

    [Theory]
    [MemberData(nameof(Managers))]
    public async Task What_came_before_a_download_failed_goes_with_a_scan_that_asks_for_nothing(string manager)
    {
        using var host = Host(manager);
        host.Offer(AnRpm("lib", "1.0-1")).Install("lib").Offer(AnRpm("lib", "2.0-1"));
        using var server = Serve(host);
        (await host.ScanAsync()).Expect(AgentResult.Done, AgentReasons.Completed);
        File.Delete(host.PathOf("repository/lib-2.0-1.noarch.rpm"));

        await host.RunAsync(RealHost.Request(AgentStep.Stage, ("app", "2.0-1"), ("lib", "2.0-1")) with { RefreshPackageLists = false });
        var left = Downloads(host);
        (await host.RunAsync(RealHost.Request(AgentStep.Scan) with { RefreshPackageLists = false })).Expect(AgentResult.Done, AgentReasons.Completed);

        Assert.Equal(["app-2.0-1.noarch.rpm"], left);
        Assert.Empty(Downloads(host));
    }

    private static RpmHost Host(string manager)
    {
        var host = RpmImage.Host(manager);
        return host.Offer(AnRpm("app", "1.0-1")).Install("app").Offer(AnRpm("app", "2.0-1"));
    }

    private static StaticServer Serve(RpmHost host)
    {
        var server = new StaticServer(host.PathOf("repository"));
        host.UseRepository(server.Url);
        return server;
    }

    private static List<string?> Downloads(RpmHost host) =>
        [.. Directory.EnumerateFiles(host.PathOf("var/cache"), "*.rpm", SearchOption.AllDirectories).Select(Path.GetFileName).Order(StringComparer.Ordinal)];

    /// <summary>As the host's administrator would.</summary>
    private static void Download(RpmHost host, string package)
    {
        if (host is DnfHost dnf)
        {
            dnf.Dnf("upgrade", "--assumeyes", "--refresh", "--downloadonly", package);
            return;
        }

        host.Run("zypper", "--non-interactive", "refresh");
        host.Run("zypper", "--non-interactive", "update", "--download-only", package);
    }

    private static void KeepCache(RpmHost host)
    {
        if (host is DnfHost dnf)
            dnf.Configure("keepcache=True");
        else
            File.AppendAllText(host.PathOf("etc/zypp/repos.d/test.repo"), "keeppackages=1\n");
    }
}
