using System.IO.Compression;
using PatchOperator.Agent.Hosts;
using PatchOperator.Agent.Packages.Zypper;
using PatchOperator.Agent.Run;
using PatchOperator.Contract;

namespace PatchOperator.Agent.Tests.Zypper;

/// <summary>Each text was captured from zypper 1.14.42 of Debian 12, but for what SUSE writes into updateinfo.</summary>
public class ZypperParserTests
{
    internal const string Summary = """
        <?xml version='1.0'?>
        <stream>
        <message type="info">Resolving package dependencies...</message>
        <install-summary download-size="48681" space-usage-diff="-11" packages-to-change="4">
        <to-upgrade>
        <solvable type="package" name="arched" edition="1.1-1" arch="x86_64" edition-old="1.0-1" arch-old="noarch" summary="t">
        <description>t</description></solvable>
        <solvable type="package" name="i6" edition="1:1.1-1" arch="i686" edition-old="1.0-1" arch-old="i686" summary="t">
        <description>a &lt;b&gt; &#x1b;</description></solvable>
        </to-upgrade>
        <to-install>
        <solvable type="package" name="kernel-default" edition="5.14.1-1" arch="x86_64" summary="t">
        <description>t</description></solvable>
        <solvable type="patch" name="SUSE-2026-1" edition="1" arch="noarch" summary="t">
        <description>t</description></solvable>
        </to-install>
        <to-remove>
        <solvable type="package" name="oldname" edition="1.0-1" arch="noarch" summary="t">
        <description>t</description></solvable>
        </to-remove>
        <to-change-arch>
        <solvable type="package" name="arched" edition="1.1-1" arch="x86_64" edition-old="1.0-1" arch-old="noarch" summary="t">
        <description>t</description></solvable>
        </to-change-arch>
        </install-summary>
        <prompt id="0">
        <text>Continue?</text>
        <option default="1" value="y" desc="Yes, accept the summary and proceed with installation/removal of packages."/>
        </prompt>
        </stream>
        """;

    internal const string Updateinfo = """
        <?xml version="1.0" encoding="UTF-8"?>
        <updates>
          <update from="maint-coord@suse.de" status="stable" type="security" version="1">
            <id>SUSE-SLE-Module-Basesystem-15-SP6-2026-77</id><title>Security update for foo</title><severity>important</severity>
            <references>
              <reference href="https://bugzilla.suse.com/1" id="1" title="VUL-0" type="bugzilla"/>
              <reference href="https://www.suse.com/security/cve/CVE-2026-2/" id="CVE-2026-2" title="CVE-2026-2" type="cve"/>
              <reference href="https://www.suse.com/security/cve/CVE-2026-1/" id="CVE-2026-1" title="CVE-2026-1" type="cve"/>
            </references>
            <pkglist><collection>
              <package name="foo" epoch="0" version="1.1" release="150600.3.1" arch="x86_64" src="foo.rpm"><filename>foo.rpm</filename></package>
              <package name="foo" epoch="0" version="1.1" release="150600.3.1" arch="i586" src="foo.rpm"><filename>foo.rpm</filename></package>
              <package name="bar" epoch="2" version="1.0" release="1" arch="noarch"><filename>bar.rpm</filename></package>
            </collection></pkglist>
          </update>
          <update from="maint-coord@suse.de" status="stable" type="recommended" version="1">
            <id>SUSE-2026-78</id><severity>urgent</severity><pkglist><collection><package name="foo" version="1.2" release="1" arch="x86_64"/></collection></pkglist>
          </update>
          <update type="security"><id>SUSE-2026-79</id><pkglist><collection><package name="other" version="1" release="1" arch="noarch"/></collection></pkglist></update>
        </updates>
        """;

    [Fact]
    public void Reads_what_zypper_would_do()
    {
        var summary = ZypperSummary.Parse(ZypperAnswer.Parse(new CommandResult(0, Summary, ""))!.Stream, "x86_64");
        Assert.Equal(
            [Install("arched", "1.0-1", "1.1-1"), Install("i6.i686", "1.0-1", "1:1.1-1"), Install("kernel-default", "", "5.14.1-1")],
            summary.Installs.OrderBy(install => install.Name, StringComparer.Ordinal));
        Assert.Equal((48681, -11), (summary.DownloadBytes, summary.GrowthBytes));
        Assert.Equal(["oldname"], summary.Removals);
        Assert.Empty(summary.OtherVendors);
    }

    [Theory]
    [InlineData("nothing provides nowhere >= 3 needed by app-1.1-1.noarch", "", "", """
        Problem: nothing provides nowhere >= 3 needed by app-1.1-1.noarch
         Solution 1: do not install app-1.1-1.noarch
         Solution 2: break app-1.1-1.noarch by ignoring some of its dependencies
        """)]
    [InlineData("user-1.1-1.noarch requires lib >= 2, but this requirement cannot be provided; not installable providers: lib-2-1.noarch[test]", "old-lib", "", """
        Problem: user-1.1-1.noarch requires lib >= 2, but this requirement cannot be provided
          not installable providers: lib-2-1.noarch[test]
         Solution 1: deinstallation of old-lib-1.0-1.noarch
         Solution 2: do not install user-1.1-1.noarch
        """)]
    [InlineData("conflicting requests", "", "beta", """
        Problem: 1: conflicting requests
         Solution 1: Following actions will be done:
          remove lock to allow installation of beta-1:1.1-1.noarch[test]
          remove lock to allow removal of beta-1.0-1.noarch
         Solution 2: do not ask to install a solvable providing beta.noarch = 1:1.1-1
        """)]
    [InlineData("", "", "", "")]
    public void Reads_why_the_solver_finds_no_way(string text, string removals, string locked, string description)
    {
        var problem = SolverProblem.Parse(description);
        Assert.Equal((text, removals, locked), (problem.Text, string.Join(' ', problem.Removals), string.Join(' ', problem.Locked)));
    }

    [Theory]
    [InlineData("the scriptlet %post of badpost-1.1-1.noarch failed with exit status 4", "nopost\nwarning: %post(badpost-1.1-1.noarch) scriptlet failed, exit status 4\n")]
    [InlineData("the scriptlet %prein of a-1-1.noarch failed with exit status 3", "error: %prein(a-0:1-1.noarch) scriptlet failed, exit status 3\nerror: a-1-1.noarch: install failed")]
    [InlineData("the scriptlet %posttrans of a-1-1.noarch failed with exit status 5", "<message type=\"warning\">a-1-1.noarch.rpm %posttrans script failed (returned 5)</message>")]
    [InlineData(null, "<message type=\"info\">Executing %posttrans scripts</message>")]
    public void Finds_the_scriptlets_that_failed(string? expected, string log) => Assert.Equal(expected, ZypperMessages.FailedScriptlets(log).SingleOrDefault());

    [Theory]
    [InlineData("dd: error writing '/small/f': No space left on device", true, false)]
    [InlineData("installing package inst-1.0-1.noarch needs 164KB more space on the /small filesystem", true, false)]
    [InlineData("<message type=\"error\">File &apos;./be-1.1-1.noarch.rpm&apos; not found on medium &apos;dir:/repository&apos;</message>", false, true)]
    [InlineData("Failed to provide Package be-1.1-1.noarch (test). Do you want to retry retrieval?", false, true)]
    [InlineData("Package be-1.1-1.noarch (test) seems to be corrupted during transfer. Do you want to retry retrieval?", false, true)]
    [InlineData("be-1.1-1.noarch (test): Signature verification failed [6-File is unsigned]", false, false)]
    public void Tells_a_full_disk_from_what_could_not_be_fetched(string log, bool full, bool fetch) =>
        Assert.Equal((full, fetch), (ZypperMessages.IsDiskFull(log), ZypperMessages.IsFetchFailure(log)));

    [Fact]
    public void Complaints_are_lines_for_a_person()
    {
        const string log = """
            <progress id="1" name="x" value="53"/>
            <message type="error">Installation of a-1.noarch failed:
            Error: it &apos;broke&apos;
            </message>
            <prompt id="7">
            <text>Abort, retry, ignore?</text>
            <option default="1" value="a" desc=""/>
            </prompt>
            """;
        Assert.Equal(["Installation of a-1.noarch failed:; Error: it 'broke'"], ZypperMessages.Errors(log));
        Assert.Equal("Installation of a-1.noarch failed:; Error: it 'broke'", ZypperMessages.Tail(log));
    }

    [Theory]
    [InlineData(0, true, true)]
    [InlineData(4, false, false)]
    [InlineData(6, false, true)]
    [InlineData(8, false, false)]
    [InlineData(102, true, true)]
    [InlineData(103, true, true)]
    [InlineData(104, false, true)]
    [InlineData(106, false, true)]
    [InlineData(107, false, false)]
    [InlineData(137, false, false)]
    public void An_exit_code_tells_whether_something_is_done_or_answered(int code, bool done, bool answer) =>
        Assert.Equal((done, answer), (ZypperExitCodes.IsDone(code), ZypperExitCodes.IsAnswer(code)));

    [Theory]
    [InlineData("")]
    [InlineData(".gz")]
    [InlineData(".zst")]
    public async Task Reads_the_notices_of_a_repository_however_they_are_packed(string packed)
    {
        var root = Directory.CreateTempSubdirectory("patch-operator-updateinfo-").FullName;
        var repository = new ZypperRepository("suse/updates", "SUSE", "", 99);
        var folder = $"{root}{repository.Metadata}/repodata";
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync($"{folder}/1-updateinfo.xml", Updateinfo);
        await File.WriteAllTextAsync(
            $"{folder}/repomd.xml",
            $"<repomd xmlns=\"http://linux.duke.edu/metadata/repo\"><data type=\"updateinfo\"><location href=\"repodata/1-updateinfo.xml{packed}\"/></data></repomd>");
        Pack($"{folder}/1-updateinfo.xml", packed);
        using var deadline = new Deadline(TimeSpan.FromMinutes(1), TimeProvider.System, CancellationToken.None);
        var metadata = new ZypperMetadata(new HostCommands(new HostRoot(root)));
        Assert.Equal(
            ["SUSE-SLE-Module-Basesystem-15-SP6-2026-77 True Important CVE-2026-1,CVE-2026-2: foo=1.1-150600.3.1 bar=2:1.0-1", "SUSE-2026-78 False  : foo=1.2-1"],
            (await metadata.NoticesAsync(repository, "x86_64", name => name is "foo" or "bar", deadline)).Select(Describe));
        Directory.Delete(root, recursive: true);
    }

    [Fact]
    public async Task Notices_that_cannot_be_read_are_no_absence_of_notices()
    {
        var root = Directory.CreateTempSubdirectory("patch-operator-updateinfo-").FullName;
        var repository = new ZypperRepository("test", "test", "", 99);
        Directory.CreateDirectory($"{root}{repository.Metadata}");
        await File.WriteAllTextAsync($"{root}{repository.Metadata}/repomd.xml", "<repomd><data type=\"updateinfo\"><location href=\"u.xml\"/></data></repomd>");
        await File.WriteAllTextAsync($"{root}{repository.Metadata}/u.xml", Updateinfo[..900]);
        using var deadline = new Deadline(TimeSpan.FromMinutes(1), TimeProvider.System, CancellationToken.None);
        var metadata = new ZypperMetadata(new HostCommands(new HostRoot(root)));
        var failure = await Assert.ThrowsAsync<StepFailureException>(() => metadata.NoticesAsync(repository, "x86_64", _ => true, deadline));
        Assert.Equal(AgentReasons.RepositoryUnavailable, failure.Outcome.Reason);
        Directory.Delete(root, recursive: true);
    }

    private static ZypperSummary.Install Install(string name, string from, string to) => new(name, from, to);

    private static void Pack(string file, string extension)
    {
        if (extension.Length == 0)
            return;
        using var packed = File.Create(file + extension);
        using Stream stream = extension == ".gz" ? new GZipStream(packed, CompressionMode.Compress) : new ZstdSharp.CompressionStream(packed);
        stream.Write(File.ReadAllBytes(file));
    }

    private static string Describe(ZypperNotice notice) =>
        $"{notice.Advisory.Id} {notice.Security} {notice.Advisory.Severity} {string.Join(',', notice.Advisory.Cves)}: "
            + string.Join(' ', notice.Packages.Select(package => $"{package.Name}={package.Version}"));
}
