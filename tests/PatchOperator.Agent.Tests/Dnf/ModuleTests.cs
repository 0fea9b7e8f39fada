using PatchOperator.Contract;
using static PatchOperator.Agent.Tests.Rpm.RpmPackage;

namespace PatchOperator.Agent.Tests.Dnf;

/// <summary>A package of a module, of which one stream is enabled, and a newer stream is there.</summary>
public abstract class ModuleTests
{
    /// <summary>Where dnf notes which streams are enabled, and the word before one.</summary>
    private protected abstract (string File, string Key) State { get; }

    private protected abstract DnfHost NewHost();

    [Fact]
    public async Task An_update_and_its_rollback_stay_in_the_stream_that_is_enabled()
    {
        using var host = Host();

        var pending = (await host.ScanAsync()).Expect(AgentResult.Done, AgentReasons.Completed).Pending!;
        (await host.PatchKeepingAsync(("tool", "1.1-1"))).Expect(AgentResult.Done, AgentReasons.Completed);
        var patched = (host.VersionsOf("tool"), Stream(host));
        var back = (await host.RollbackAsync()).Expect(AgentResult.Done, AgentReasons.Completed);

        Assert.Equal([("tool", "1.0-1", "1.1-1", (string?)null)], pending.Select(update => (update.Name, update.Installed, update.Candidate, update.Blocked)));
        Assert.Equal(("1.1-1\n", "1"), patched);
        Assert.Equal([new ChangedPackage("tool", "1.1-1", "1.0-1")], back.Changed);
        Assert.Equal(("1.0-1\n", "1"), (host.VersionsOf("tool"), Stream(host)));
    }

    [Fact]
    public async Task What_only_another_stream_has_is_not_installed_and_switches_none()
    {
        using var host = Host();

        var report = (await host.PatchAsync(("tool", "2.0-1"))).Expect(AgentResult.PreconditionFailed, AgentReasons.VersionUnavailable);

        Assert.StartsWith("no repository of this host offers tool 2.0-1 (offered: 1.1-1, 1.0-1); nothing was touched", report.Message, StringComparison.Ordinal);
        Assert.Equal(("1.0-1\n", "1"), (host.VersionsOf("tool"), Stream(host)));
    }

    private DnfHost Host()
    {
        var host = NewHost();
        host.Offer(AnRpm("tool", "1.0-1"), AnRpm("tool", "1.1-1"), AnRpm("tool", "2.0-1"))
            .PublishModule("tool", "1", "tool-0:1.0-1.noarch", "tool-0:1.1-1.noarch").PublishModule("tool", "2", "tool-0:2.0-1.noarch");
        host.Dnf("--assumeyes", "module", "enable", "tool:1");
        host.Install("tool-1.0-1");
        return host;
    }

    private string Stream(DnfHost host) =>
        host.Read(State.File).Split('\n').Single(line => line.StartsWith(State.Key, StringComparison.Ordinal)).Split('=')[1].Trim(' ', '"', '\'');

    public sealed class OfDnf4 : ModuleTests
    {
        private protected override (string File, string Key) State => ("etc/dnf/modules.d/tool.module", "stream");

        private protected override DnfHost NewHost() => new Dnf4Host();
    }

    public sealed class OfDnf5 : ModuleTests
    {
        private protected override (string File, string Key) State => ("usr/lib/sysimage/libdnf5/modules.toml", "enabled_stream");

        private protected override DnfHost NewHost() => new Dnf5Host();
    }
}
