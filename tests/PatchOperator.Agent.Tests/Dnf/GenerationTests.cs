using PatchOperator.Contract;
using static PatchOperator.Agent.Tests.Rpm.RpmPackage;

namespace PatchOperator.Agent.Tests.Dnf;

/// <summary>Which generation of dnf a host is taken to be managed by.</summary>
public class GenerationTests
{
    [Theory]
    [InlineData("dnf-3", 4)]
    [InlineData("dnf5", 5)]
    [InlineData(null, 5)]
    public async Task Where_both_are_the_one_counts_that_is_called_dnf(string? called, int generation)
    {
        using DnfHost host = generation == 4 ? new Dnf4Host() : new Dnf5Host();
        host.Offer(AnRpm("plain", "1.0-1"), AnRpm("plain", "2.0-1")).Install("plain-1.0");
        host.Write(generation == 4 ? "usr/bin/dnf5" : "usr/bin/dnf-3", "");
        File.Delete(host.PathOf("usr/bin/dnf"));
        if (called is not null)
            File.CreateSymbolicLink(host.PathOf("usr/bin/dnf"), called);

        var report = (await host.ScanAsync()).Expect(AgentResult.Done, AgentReasons.Completed);

        Assert.Equal("plain", Assert.Single(report.Pending!).Name);
    }

    [Theory]
    [InlineData("usr/bin/yum", "it has yum without dnf: install dnf, or replace it by a release that has it")]
    [InlineData(null, "it has no dnf 4 (dnf-3) or dnf 5 (dnf5) with rpm: install dnf")]
    public async Task A_host_without_dnf_is_refused_by_name(string? there, string because)
    {
        using var host = new Dnf4Host();
        File.Delete(host.PathOf("usr/bin/dnf-3"));
        File.Delete(host.PathOf("usr/bin/yum"));
        if (there is not null)
            host.Write(there, "");

        var report = (await host.ScanAsync()).Expect(AgentResult.PreconditionFailed, AgentReasons.UnsupportedSystem);

        Assert.EndsWith(because, report.Message, StringComparison.Ordinal);
    }
}
