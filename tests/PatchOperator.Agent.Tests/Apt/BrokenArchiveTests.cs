using PatchOperator.Agent.Tests.Hosts;
using PatchOperator.Contract;
using static PatchOperator.Agent.Tests.Hosts.TestPackage;

namespace PatchOperator.Agent.Tests.Apt;

/// <summary>An archive that cannot be trusted says nothing of what is pending, and nothing is installed from it.</summary>
public class BrokenArchiveTests
{
    private const string Release = "archive/main/Release";
    private const string Packages = "archive/main/Packages";
    private const string Signed = "archive/main/InRelease";

    public static TheoryData<string, string> Breaks { get; } = new()
    {
        { "nobody has signed it", "is not signed" },
        { "signed by somebody else", "NO_PUBKEY" },
        { "changed after it was signed", "BADSIG" },
        { "expired", "is expired" },
        { "an index that is not the one that was signed", "Hash Sum mismatch" },
    };

    [Theory, MemberData(nameof(Breaks))]
    public async Task It_is_named_with_what_apt_says_and_nothing_is_touched(string broken, string because)
    {
        using var key = new SigningKey();
        using var other = new SigningKey();
        using var host = new TestHost().Main(APackage("app", "1.0")).Install("app=1.0").Main(APackage("app", "2.0"));
        host.Write("etc/apt/keyrings/test.asc", key.Public);
        host.UseSources("deb [signed-by=/etc/apt/keyrings/test.asc] copy:/archive/main ./");
        host.Write(Signed, key.Sign(host.Read(Release)));
        File.Delete(host.PathOf(broken == "nobody has signed it" ? Signed : Release));
        var well = await host.ScanAsync();
        if (broken == "signed by somebody else")
            host.Write(Signed, other.Sign(Inside(host)));
        else if (broken == "changed after it was signed")
            host.Write(Signed, host.Read(Signed).Replace("Suite: stable", "Suite: tables", StringComparison.Ordinal));
        else if (broken == "expired")
            host.Write(Signed, key.Sign(Inside(host) + "Valid-Until: Sat, 01 Jan 2022 00:00:00 UTC\n"));
        else if (broken == "an index that is not the one that was signed")
            Tamper(host, key);

        var scan = (await host.ScanAsync()).Expect(AgentResult.PreconditionFailed, AgentReasons.RepositoryUnavailable);
        var patch = (await host.PatchAsync(("app", "2.0"))).Expect(AgentResult.PreconditionFailed, AgentReasons.RepositoryUnavailable);

        if (broken != "nobody has signed it")
            Assert.Equal("2.0", Assert.Single(well.Expect(AgentResult.Done, AgentReasons.Completed).Pending!).Candidate);
        Assert.All([scan, patch], report => Assert.Contains(because, report.Message, StringComparison.Ordinal));
        Assert.Null(scan.Pending);
        Assert.Empty(patch.Changed);
        Assert.Equal("1.0", host.VersionOf("app"));
    }

    /// <summary>What was signed.</summary>
    private static string Inside(TestHost host) =>
        string.Join('\n', host.Read(Signed).Split('\n').SkipWhile(line => line.Length > 0).Skip(1).TakeWhile(line => !line.StartsWith("-----BEGIN", StringComparison.Ordinal))) + "\n";

    /// <summary>Another release, which apt has to fetch, with an index of the same size as the one that it speaks of.</summary>
    private static void Tamper(TestHost host, SigningKey key)
    {
        host.Main(APackage("app", "3.0"));
        host.Write(Signed, key.Sign(host.Read(Release)));
        File.Delete(host.PathOf(Release));
        host.Write(Packages, host.Read(Packages).Replace("Version: 3.0", "Version: 9.0", StringComparison.Ordinal));
    }
}
