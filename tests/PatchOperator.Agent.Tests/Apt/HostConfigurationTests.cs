using PatchOperator.Agent.Tests.Hosts;
using PatchOperator.Contract;
using static PatchOperator.Agent.Tests.Hosts.TestPackage;

namespace PatchOperator.Agent.Tests.Apt;

/// <summary>What the host's administrator has told apt and dpkg to do changes neither what the agent reads nor what it does.</summary>
public class HostConfigurationTests
{
    [Theory]
    [InlineData("APT::Get::AutomaticRemove \"true\"; APT::Get::AutomaticRemove::Kernels \"true\";")]
    [InlineData("APT::Get::Show-Versions \"true\"; APT::Color \"true\"; APT::Output-Version \"30\"; APT::Cache::Show::Version \"2\";")]
    [InlineData("quiet \"2\"; APT::Get::Assume-No \"true\";")]
    [InlineData("APT::Get::Download-Only \"true\"; APT::Get::Print-URIs \"true\";")]
    [InlineData("APT::Get::Simulate \"true\"; APT::Get::Trivial-Only \"true\";")]
    [InlineData("APT::Get::Remove \"false\"; APT::Get::ReInstall \"true\"; APT::Get::Fix-Broken \"true\";")]
    [InlineData("APT::Get::Only-Upgrade \"true\"; APT::Get::Upgrade \"false\"; APT::Get::Download \"false\";")]
    [InlineData("Dpkg::Options { \"--force-confnew\"; \"--force-confask\"; };")]
    public async Task An_apt_conf_of_the_host_changes_nothing(string configuration)
    {
        using var host = new TestHost()
            .Main(APackage("orphan", "1.0"), APackage("app", "1.0").WithConffile("etc/app.conf", "a"))
            .Main(APackage("kept", "1.0"), APackage("kept", "1.1").DependsOn("absent"))
            .Install("app", "kept=1.0", "orphan")
            .Security(APackage("app", "1.1").WithConffile("etc/app.conf", "b"));
        host.Run("apt-mark", "auto", "orphan");
        File.WriteAllText(host.PathOf("etc/app.conf"), "ours");
        host.Configure("apt.conf.d/99host", configuration);

        var scanned = (await host.ScanAsync()).Expect(AgentResult.Done, AgentReasons.Completed);
        var patched = (await host.PatchAsync(("app", "1.1"))).Expect(AgentResult.Done, AgentReasons.Completed);

        Assert.Equal(["app", "kept"], scanned.Pending!.Select(update => update.Name));
        Assert.Equal([new ChangedPackage("app", "1.0", "1.1")], patched.Changed);
        Assert.Equal(("1.0", "ours"), (host.VersionOf("orphan"), host.Read("etc/app.conf")));
    }

    [Theory]
    [InlineData("APT::Ignore-Hold \"true\";")]
    [InlineData("APT::Get::allow-change-held-packages \"true\";")]
    [InlineData("APT::Get::force-yes \"true\";")]
    public async Task No_apt_conf_of_the_host_lifts_a_hold(string configuration)
    {
        using var host = new TestHost()
            .Main(APackage("lib", "1.0"), APackage("app", "1.0"), APackage("lib", "2.0"), APackage("app", "2.0").DependsOn("lib (>= 2.0)"))
            .Install("app=1.0", "lib=1.0")
            .Configure("apt.conf.d/99host", configuration);
        host.Run("apt-mark", "hold", "lib");

        await host.PatchAsync(("app", "2.0"), ("lib", "2.0"));

        Assert.Equal("1.0", host.VersionOf("lib"));
    }
}
