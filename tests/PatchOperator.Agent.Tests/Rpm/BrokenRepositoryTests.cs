using PatchOperator.Agent.Tests.Dnf;
using PatchOperator.Agent.Tests.Hosts;
using PatchOperator.Agent.Tests.Images;
using PatchOperator.Agent.Tests.Zypper;
using PatchOperator.Contract;
using static PatchOperator.Agent.Tests.Rpm.RpmPackage;

namespace PatchOperator.Agent.Tests.Rpm;

/// <summary>A repository that cannot be trusted says nothing of what is pending, and nothing is installed from it.</summary>
public class BrokenRepositoryTests
{
    [Theory]
    [InlineData(RpmImage.Dnf, "Failed to download metadata for repo 'test'")]
    [InlineData(RpmImage.Zypper, "Repository 'test' is invalid")]
    public async Task Metadata_that_is_not_what_the_index_says_is_named(string manager, string because)
    {
        using var host = Host(manager);
        var primary = Assert.Single(Directory.EnumerateFiles(host.PathOf("repository/repodata"), "*-primary.xml.*"));
        await File.AppendAllTextAsync(primary, "more");

        await ExpectAsync(host, because);
    }

    [Theory]
    [InlineData(RpmImage.Dnf, "GPG signature verification error")]
    [InlineData(RpmImage.Zypper, "Repository 'test' is invalid")]
    public async Task An_index_that_somebody_else_has_signed_is_named(string manager, string because)
    {
        using var key = new SigningKey();
        using var other = new SigningKey();
        using var host = Host(manager);
        Trust(host, key, "repo_gpgcheck=1");
        host.Write("repository/repodata/repomd.xml.asc", other.SignatureOf(host.PathOf("repository/repodata/repomd.xml")));
        host.Write("repository/repodata/repomd.xml.key", other.Public);

        await ExpectAsync(host, because);
    }

    [Theory]
    [InlineData(RpmImage.Dnf, "GPG check FAILED")]
    [InlineData(RpmImage.Zypper, "Signature verification failed")]
    public async Task A_package_that_somebody_else_has_signed_is_not_installed(string manager, string because)
    {
        using var key = new SigningKey();
        using var other = new SigningKey();
        using var host = Host(manager);
        other.SignPackage(host.PathOf("repository/app-2.0-1.noarch.rpm"));
        host.Offer();
        Trust(host, key, manager == RpmImage.Dnf ? "gpgcheck=1" : "pkg_gpgcheck=1");

        var report = (await host.PatchAsync(("app", "2.0-1"))).Expect(AgentResult.PackageManagerFailed, AgentReasons.PackageManagerFailed);

        Assert.Contains(because, report.Message, StringComparison.Ordinal);
        Assert.Contains("nothing has changed", report.Message, StringComparison.Ordinal);
        Assert.Equal("1.0-1\n", host.VersionsOf("app"));
    }

    private static async Task ExpectAsync(RpmHost host, string because)
    {
        var scan = (await host.ScanAsync()).Expect(AgentResult.PreconditionFailed, AgentReasons.RepositoryUnavailable);
        var patch = (await host.PatchAsync(("app", "2.0-1"))).Expect(AgentResult.PreconditionFailed, AgentReasons.RepositoryUnavailable);

        Assert.All([scan, patch], report => Assert.Contains(because, report.Message, StringComparison.Ordinal));
        Assert.Null(scan.Pending);
        Assert.Empty(patch.Changed);
        Assert.Equal("1.0-1\n", host.VersionsOf("app"));
    }

    private static RpmHost Host(string manager) => RpmImage.Host(manager).Offer(AnRpm("app", "1.0-1")).Install("app").Offer(AnRpm("app", "2.0-1"));

    /// <summary>The host takes what this key has signed, and has its repository checked.</summary>
    private static void Trust(RpmHost host, SigningKey key, string check)
    {
        host.Write("key.asc", key.Public);
        host.Run("rpm", "--import", "/key.asc");
        var more = $"{check}\ngpgkey=file:///key.asc\n";
        if (host is DnfHost dnf)
            dnf.AddRepository("test", "file:///repository", more);
        else
            ((ZypperHost)host).WriteRepository("test", "dir:/repository", more);
    }
}
