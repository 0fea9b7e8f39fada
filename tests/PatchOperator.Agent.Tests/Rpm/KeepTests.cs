using PatchOperator.Agent.Tests.Hosts;
using PatchOperator.Agent.Tests.Images;
using PatchOperator.Contract;
using static PatchOperator.Agent.Tests.Rpm.RpmPackage;

namespace PatchOperator.Agent.Tests.Rpm;

/// <summary>Nothing is replaced without a way back where there could be one.</summary>
public class KeepTests
{
    private static readonly AgentRequest Keeping = RealHost.Request(AgentStep.Patch, ("app", "2.0-1")) with { KeepReplaced = true };

    public static TheoryData<string> Managers { get; } = [RpmImage.Dnf, RpmImage.Zypper];

    [Theory]
    [MemberData(nameof(Managers))]
    public async Task What_could_not_be_downloaded_to_be_kept_is_not_replaced(string manager)
    {
        using var host = RpmImage.Host(manager);
        using var server = new StaticServer(host.PathOf("/repository"));
        host.UseRepository(server.Url);
        host.Offer(AnRpm("app", "1.0-1")).Install("app").Offer(AnRpm("app", "2.0-1"));
        (await host.RunAsync(RealHost.Request(AgentStep.Stage, ("app", "2.0-1")))).Expect(AgentResult.Done, AgentReasons.Completed);
        server.Dispose();

        var report = (await host.RunAsync(Keeping with { RefreshPackageLists = false })).Expect(AgentResult.PreconditionFailed, AgentReasons.RepositoryUnavailable);

        Assert.StartsWith("to keep in /var/lib/patch-operator/kept what is replaced: ", report.Message, StringComparison.Ordinal);
        Assert.Equal("1.0-1\n", host.VersionsOf("app"));
        Assert.False(Directory.Exists(host.PathOf("/var/lib/patch-operator")));
    }

    [Theory]
    [MemberData(nameof(Managers))]
    public async Task What_there_is_no_room_to_keep_is_not_replaced(string manager)
    {
        using var host = RpmImage.Host(manager);
        using var server = new StaticServer(host.PathOf("/repository"));
        host.UseRepository(server.Url);
        host.Offer(AnRpm("app", "1.0-1").WithBallast(4 * 1024 * 1024)).Install("app").Offer(AnRpm("app", "2.0-1"));
        host.MountSmallDisk("/var/lib/patch-operator", "2m");

        var report = (await host.RunAsync(Keeping)).Expect(AgentResult.PreconditionFailed, AgentReasons.DiskFull);

        Assert.StartsWith("to keep in /var/lib/patch-operator/kept what is replaced: ", report.Message, StringComparison.Ordinal);
        Assert.Equal("1.0-1\n", host.VersionsOf("app"));
    }
}
