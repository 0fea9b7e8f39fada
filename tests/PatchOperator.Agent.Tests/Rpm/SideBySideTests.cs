using PatchOperator.Agent.Tests.Dnf;
using PatchOperator.Agent.Tests.Images;
using PatchOperator.Agent.Tests.Zypper;
using PatchOperator.Contract;
using static PatchOperator.Agent.Tests.Rpm.RpmPackage;

namespace PatchOperator.Agent.Tests.Rpm;

/// <summary>What an administrator lets be there in several versions, by name or by what it provides.</summary>
public class SideBySideTests
{
    [Theory]
    [InlineData(RpmImage.Dnf)]
    [InlineData(RpmImage.Dnf5)]
    public async Task What_dnf_installs_beside_what_is_there_is_whole(string generation)
    {
        using var host = ((DnfHost)RpmImage.Host(generation)).Configure("installonlypkgs=kernel tool driver");
        await ComesBesideAsync(host);
    }

    [Fact]
    public async Task What_zypper_installs_beside_what_is_there_is_whole()
    {
        using var host = new ZypperHost();
        host.Write("etc/zypp/zypp.conf", "[main]\n# tools\nmultiversion = provides:multiversion(kernel), tool\n");
        host.Write("etc/zypp/multiversion.d/drivers", "# drivers\nprovides:driver\n");
        await ComesBesideAsync(host);
    }

    private static async Task ComesBesideAsync(RpmHost host)
    {
        host.Offer(Tool("1.0-1"), Tool("2.0-1"), Driver("1.0-1"), Driver("2.0-1"), AnRpm("app", "1.0-1"), AnRpm("app", "2.0-1"));
        host.Install("tool-1.0-1", "gpu-1.0-1", "app-1.0-1");
        host.Install("tool-2.0-1", "gpu-2.0-1");
        host.Offer(Tool("3.0-1"));

        var scan = (await host.ScanAsync()).Expect(AgentResult.Done, AgentReasons.Completed);
        var patch = (await host.PatchAsync(("app", "2.0-1"), ("tool", "3.0-1"))).Expect(AgentResult.Done, AgentReasons.Completed);

        Assert.Empty(scan.Incomplete!);
        Assert.Equal([new ChangedPackage("app", "1.0-1", "2.0-1"), new ChangedPackage("tool", "", "3.0-1")], patch.Changed);
        Assert.Equal(["1.0-1", "2.0-1"], host.VersionsOf("gpu").Split('\n', StringSplitOptions.RemoveEmptyEntries).Order());
    }

    private static RpmPackage Tool(string version) => AnRpm("tool", version).SideBySide();

    private static RpmPackage Driver(string version) => AnRpm("gpu", version).SideBySide().Provides("driver");
}
