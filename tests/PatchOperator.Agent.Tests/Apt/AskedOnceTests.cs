using PatchOperator.Agent.Tests.Hosts;
using PatchOperator.Contract;
using static PatchOperator.Agent.Tests.Hosts.TestPackage;

namespace PatchOperator.Agent.Tests.Apt;

/// <summary>With all of Debian's archives, to plan takes apt as long as to install a package: nothing is asked twice of the same state.</summary>
public class AskedOnceTests
{
    private static readonly string[] Verbs =
        ["update", "--simulate", "install", "upgrade", "policy", "show", "indextargets", "--print-uris", "--print-architecture", "--show"];

    [Fact]
    public async Task A_patch_asks_once_before_it_installs_and_once_after()
    {
        using var host = new TestHost().Main(APackage("app", "1.0"), APackage("app", "2.0")).Install("app=1.0");
        Listen(host);

        (await host.PatchAsync(("app", "2.0"))).Expect(AgentResult.Done, AgentReasons.Completed);

        Assert.Equal(
            [
                "dpkg --print-architecture", "dpkg-query --show",
                "apt-get update", "apt-cache policy", "apt-get --print-uris install", "apt-cache show", "apt-get install",
                // Judged by what is there then, and told with what else is.
                "dpkg-query --show", "dpkg-query --show",
                "apt-get indextargets", "apt-cache policy",
            ],
            Heard(host));
    }

    [Fact]
    public async Task What_an_upgrade_would_do_is_asked_where_anything_is_offered()
    {
        using var host = new TestHost().Main(APackage("app", "1.0")).Security(APackage("app", "2.0")).Install("app=1.0");
        Listen(host);

        var report = (await host.ScanAsync()).Expect(AgentResult.Done, AgentReasons.Completed);

        Assert.True(Assert.Single(report.Pending!).Security);
        Assert.Equal(
            [
                "dpkg --print-architecture", "apt-get update", "dpkg-query --show",
                "apt-get indextargets", "apt-cache policy", "apt-get --simulate upgrade", "apt-cache policy",
            ],
            Heard(host));
    }

    /// <summary>Before each program that is asked stands one that writes down how.</summary>
    private static void Listen(TestHost host)
    {
        foreach (var program in new[] { "apt-get", "apt-cache", "apt-config", "apt-mark", "dpkg", "dpkg-query" })
        {
            host.Write($"usr/local/sbin/{program}", $"#!/bin/sh\necho {program} \"$@\" >>/asked\nexec /usr/bin/{program} \"$@\"\n");
            host.Run("chmod", "+x", $"/usr/local/sbin/{program}");
        }
    }

    private static IEnumerable<string> Heard(TestHost host) =>
        host.Read("asked").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' '))
            .Select(words => string.Join(' ', words.Skip(1).Where(Verbs.Contains).Prepend(words[0])));
}
