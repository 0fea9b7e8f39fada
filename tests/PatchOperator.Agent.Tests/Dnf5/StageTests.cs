using PatchOperator.Agent.Tests.Dnf;
using PatchOperator.Agent.Tests.Hosts;
using PatchOperator.Agent.Tests.Rpm;
using PatchOperator.Contract;
using static PatchOperator.Agent.Tests.Rpm.RpmPackage;

namespace PatchOperator.Agent.Tests.Dnf5;

public class StageTests
{
    private static readonly AgentRequest Asked = RealHost.Request(AgentStep.Stage, ("app", "2.0-1"));

    [Fact]
    public async Task What_is_staged_is_installed_though_the_mirror_is_gone_and_does_not_stay()
    {
        using var host = Behind(AnRpm("app", "2.0-1"));

        var staged = (await host.RunAsync(Asked)).Expect(AgentResult.Done, AgentReasons.Completed);
        var files = Downloads(host);
        File.Delete(host.PathOf("/repository/app-2.0-1.noarch.rpm"));
        var patched = await host.RunAsync(RealHost.Request(AgentStep.Patch, ("app", "2.0-1")) with { RefreshPackageLists = false });

        Assert.Equal("1 updates are downloaded", staged.Message);
        Assert.Empty(staged.Changed);
        Assert.Equal(["app-2.0-1.noarch.rpm"], files);
        patched.Expect(AgentResult.Done, AgentReasons.Completed);
        Assert.Equal("2.0-1\n", host.VersionsOf("app"));
        Assert.Empty(Downloads(host));
        Assert.False(File.Exists(host.PathOf("var/cache/patch-operator/staged")));
    }

    [Fact]
    public async Task What_was_staged_and_is_not_asked_for_any_more_goes()
    {
        using var host = Behind(AnRpm("app", "2.0-1"), AnRpm("lib", "1.0-1"), AnRpm("lib", "2.0-1"));
        host.Install("lib-1.0");
        await host.RunAsync(RealHost.Request(AgentStep.Stage, ("app", "2.0-1"), ("lib", "2.0-1")));
        host.Offer(AnRpm("app", "3.0-1"));

        (await host.RunAsync(RealHost.Request(AgentStep.Stage, ("app", "3.0-1")))).Expect(AgentResult.Done, AgentReasons.Completed);
        var staged = Downloads(host);
        (await host.PatchAsync(("app", "3.0-1"))).Expect(AgentResult.Done, AgentReasons.Completed);

        Assert.Equal(["app-3.0-1.noarch.rpm"], staged);
        Assert.Empty(Downloads(host));
    }

    [Fact]
    public async Task A_staged_file_that_was_changed_is_not_installed()
    {
        using var host = Behind(AnRpm("app", "2.0-1"));
        await host.RunAsync(Asked);
        var staged = Assert.Single(Directory.EnumerateFiles(host.PathOf(host.Cache), "*.rpm", SearchOption.AllDirectories));
        AnRpm("app", "2.0-1").WithScript("post", "touch /evil").BuildIn(Path.GetDirectoryName(staged)!);

        (await host.PatchAsync(("app", "2.0-1"))).Expect(AgentResult.Done, AgentReasons.Completed);

        Assert.Equal("2.0-1\n", host.VersionsOf("app"));
        Assert.False(File.Exists(host.PathOf("evil")));
    }

    [Fact]
    public async Task What_is_staged_needs_no_room_for_a_download()
    {
        using var host = Behind(AnRpm("app", "2.0-1").WithBallast(4 * 1024 * 1024));
        host.MountSmallDisk(host.Cache, "6m");

        (await host.RunAsync(Asked)).Expect(AgentResult.Done, AgentReasons.Completed);
        (await host.PatchAsync(("app", "2.0-1"))).Expect(AgentResult.Done, AgentReasons.Completed);

        Assert.Equal("2.0-1\n", host.VersionsOf("app"));
    }

    [Fact]
    public async Task A_package_that_cannot_be_downloaded_is_named()
    {
        using var host = Behind(AnRpm("app", "2.0-1"));
        File.Delete(host.PathOf("/repository/app-2.0-1.noarch.rpm"));

        var report = (await host.RunAsync(Asked)).Expect(AgentResult.PreconditionFailed, AgentReasons.RepositoryUnavailable);

        Assert.Contains("app-2.0-1.noarch.rpm", report.Message, StringComparison.Ordinal);
        Assert.Equal("1.0-1\n", host.VersionsOf("app"));
    }

    [Fact]
    public async Task What_would_stop_the_installation_stops_the_download()
    {
        using var host = Behind(AnRpm("app", "2.0-1").Requires("fresh"), AnRpm("fresh", "1.0-1"));

        var report = (await host.RunAsync(Asked)).Expect(AgentResult.PreconditionFailed, AgentReasons.UnapprovedChange);

        Assert.Contains("install fresh 1.0-1", report.Message, StringComparison.Ordinal);
        Assert.Empty(Downloads(host));
    }

    private static Dnf5Host Behind(params RpmPackage[] newer)
    {
        var host = new Dnf5Host();
        host.Offer(AnRpm("app", "1.0-1")).Install("app").Offer(newer);
        return host;
    }

    private static List<string?> Downloads(Dnf5Host host) =>
        [.. Directory.EnumerateFiles(host.PathOf(host.Cache), "*.rpm", SearchOption.AllDirectories).Select(Path.GetFileName)];
}
