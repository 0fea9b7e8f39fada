using PatchOperator.Agent.Tests.Images;
using PatchOperator.Agent.Tests.Running;
using PatchOperator.Contract;
using static PatchOperator.Agent.Tests.Rpm.RpmPackage;

namespace PatchOperator.Agent.Tests.Dnf;

public abstract class PatchFailureTests
{
    private const string NewKey = """
        export GNUPGHOME=$(mktemp -d) && gpg --batch --quiet --passphrase '' --quick-generate-key test@example.org rsa2048 default never && gpg --armor --export
        gpgconf --kill all; rm -rf "$GNUPGHOME"
        """;

    private protected abstract DnfHost NewHost();

    [Fact]
    public async Task A_script_that_fails_is_a_failure_that_names_it_and_stays_one_when_the_step_is_tried_again()
    {
        using var host = NewHost();
        host.Offer(
                AnRpm("bad", "1.0-1"), AnRpm("bad", "2.0-1").WithScript("post", "echo no luck today >&2; exit 3"), AnRpm("bad", "2.1-1"), AnRpm("good", "1.0-1"),
                AnRpm("good", "2.0-1"))
            .Install("bad-1.0", "good-1.0");

        var failed = (await host.PatchAsync(("bad", "2.0-1"), ("good", "2.0-1"))).Expect(AgentResult.PackageManagerFailed, AgentReasons.PackageManagerFailed);
        var again = (await host.PatchAsync(("bad", "2.0-1"), ("good", "2.0-1"))).Expect(AgentResult.PackageManagerFailed, AgentReasons.PackageManagerFailed);
        var mended = (await host.PatchAsync(("bad", "2.1-1"))).Expect(AgentResult.Done, AgentReasons.Completed);

        Assert.All([failed, again], report => Assert.StartsWith("a script of a package has failed: %post of bad-2.0-1.noarch (exit status 3): ", report.Message, StringComparison.Ordinal));
        Assert.All([failed, again], report => Assert.Equal([new ChangedPackage("bad", "1.0-1", "2.0-1"), new ChangedPackage("good", "1.0-1", "2.0-1")], report.Changed));
        Assert.Contains("no luck today", failed.Message, StringComparison.Ordinal);
        Assert.Contains(new ChangedPackage("bad", "1.0-1", "2.1-1"), mended.Changed);
    }

    [Fact]
    public async Task A_script_that_fails_before_the_files_leaves_the_old_package_and_says_what_has_changed()
    {
        using var host = NewHost();
        host.Offer(AnRpm("bad", "1.0-1"), AnRpm("bad", "2.0-1").WithScript("pre", "exit 4"), AnRpm("good", "1.0-1"), AnRpm("good", "2.0-1")).Install("bad-1.0", "good-1.0");

        var failed = (await host.PatchAsync(("bad", "2.0-1"), ("good", "2.0-1"))).Expect(AgentResult.PackageManagerFailed, AgentReasons.PackageManagerFailed);

        Assert.Contains("bad-2.0-1.noarch (exit status 4)", failed.Message, StringComparison.Ordinal);
        Assert.Equal([new ChangedPackage("good", "1.0-1", "2.0-1")], failed.Changed);
        Assert.Equal("1.0-1\n", host.VersionsOf("bad"));
    }

    [Fact]
    public async Task A_download_that_does_not_fit_is_found_before_anything_is_touched()
    {
        using var host = NewHost();
        host.Offer(AnRpm("big", "1.0-1"), AnRpm("big", "2.0-1").WithBallast(8 * 1024 * 1024)).Install("big-1.0");
        using var server = new StaticServer(host.PathOf("/repository"));
        host.AddRepository("test", server.Url, "");
        host.MountSmallDisk(host.Cache, "4m");

        var report = (await host.PatchAsync(("big", "2.0-1"))).Expect(AgentResult.PreconditionFailed, AgentReasons.DiskFull);

        Assert.StartsWith($"the file system {host.Cache} needs 8.0 MiB ({host.Cache}) and has ", report.Message, StringComparison.Ordinal);
        Assert.Equal("1.0-1\n", host.VersionsOf("big"));
    }

    [Fact]
    public async Task What_rpm_itself_finds_no_room_for_is_told_apart_and_leaves_the_host_untouched()
    {
        using var host = NewHost();
        host.Offer(AnRpm("big", "1.0-1"), AnRpm("big", "2.0-1").WithFile("/small/file", new byte[1024 * 1024])).Install("big-1.0");
        host.MountSmallDisk("/small", "64k");

        var report = (await host.PatchAsync(("big", "2.0-1"))).Expect(AgentResult.PreconditionFailed, AgentReasons.DiskFull);

        Assert.Contains("/small", report.Message, StringComparison.Ordinal);
        Assert.EndsWith("nothing has changed", report.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_package_that_cannot_be_downloaded_leaves_the_host_untouched()
    {
        using var host = NewHost();
        host.Offer(AnRpm("plain", "1.0-1"), AnRpm("plain", "2.0-1")).Install("plain-1.0");
        File.Delete(host.PathOf("/repository/plain-2.0-1.noarch.rpm"));

        var report = (await host.PatchAsync(("plain", "2.0-1"))).Expect(AgentResult.PreconditionFailed, AgentReasons.RepositoryUnavailable);

        Assert.Contains("plain-2.0-1.noarch.rpm", report.Message, StringComparison.Ordinal);
        Assert.Empty(report.Changed);
    }

    [Fact]
    public async Task A_package_without_a_valid_signature_is_refused_where_the_host_wants_one()
    {
        using var host = NewHost();
        host.Offer(AnRpm("plain", "1.0-1"), AnRpm("plain", "2.0-1")).Install("plain-1.0");
        host.Write("/key", Shell.Run("sh", "-c", NewKey));
        host.Run("rpm", "--import", "/key");
        host.AddRepository("test", "file:///repository", "gpgcheck=1");

        var report = (await host.PatchAsync(("plain", "2.0-1"))).Expect(AgentResult.PackageManagerFailed, AgentReasons.PackageManagerFailed);

        Assert.Contains("plain-2.0-1.noarch", report.Message, StringComparison.Ordinal);
        Assert.Contains("is not signed", report.Message, StringComparison.Ordinal);
        Assert.Empty(report.Changed);
    }

    [Fact]
    public async Task A_repository_that_is_down_stops_a_patch_too()
    {
        using var host = NewHost();
        host.Offer(AnRpm("plain", "1.0-1"), AnRpm("plain", "2.0-1")).Install("plain-1.0");
        host.AddRepository("down", "http://127.0.0.1:9/down", "skip_if_unavailable=1\nretries=1");

        var report = (await host.PatchAsync(("plain", "2.0-1"))).Expect(AgentResult.PreconditionFailed, AgentReasons.RepositoryUnavailable);

        Assert.Equal("1.0-1\n", host.VersionsOf("plain"));
        Assert.Null(report.Pending);
    }

    public sealed class OfDnf4 : PatchFailureTests
    {
        private protected override DnfHost NewHost() => new Dnf4Host();
    }

    public sealed class OfDnf5 : PatchFailureTests
    {
        private protected override DnfHost NewHost() => new Dnf5Host();
    }
}
