using PatchOperator.Agent.Hosts;
using PatchOperator.Agent.Packages.Dnf;
using PatchOperator.Agent.Packages.Rpm;
using PatchOperator.Contract;

namespace PatchOperator.Agent.Tests.Dnf;

/// <summary>Each text was captured from dnf 4.14.0 and rpm 4.18.0.</summary>
public class DnfParserTests
{
    internal const string Simulation = """
        Loaded plugins: builddep, versionlock
        DNF version: 4.14.0
        cachedir: /var/cache/dnf
        --> Starting dependency resolution
        ---> Package fresh.noarch 1.1-1 will be installed
        ---> Package renamed.noarch 2.0-1 will be installed
        ---> Package old.noarch 1.0-1 will be obsoleted
        ---> Package beta.x86_64 1:1.0-1 will be upgraded
        ---> Package beta.x86_64 1:2.0-1 will be an upgrade
        ---> Package libstdc++.i686 11.4.1-3.el9 will be an upgrade
        ---> Package kernel-core.x86_64 5.14.0-1.el9 will be erased
        --> Finished dependency resolution
        Dependencies resolved.
        ================================================================================
         Package            Architecture      Version             Repository       Size
        ================================================================================
        Installing:
         renamed            noarch            2.0-1               test            6.0 k
             replacing  old.noarch 1.0-1
        """;

    internal const string Repositories = """
        DNF version: 4.14.0
        cachedir: /var/cache/dnf
        Error: Cache-only enabled but no cache for 'down'
        Ignoring repositories: down, other
        Last metadata expiration check: 0:01:20 ago on Mon Nov 30 16:00:42 2026.
        Repo-id            : baseos
        Repo-name          : AlmaLinux 9 - BaseOS
        Repo-revision      : 1796054441
        Repo-updated       : Mon Nov 30 16:00:41 2026
        Repo-pkgs          : 1,122
        Repo-mirrors       : https://mirrors.example.org/mirrorlist/9/baseos
        Repo-baseurl       : https://mirror.example.org/9/BaseOS (30 more)
        Repo-expire        : 86400 second(s) (last: Tue Dec  1 06:00:02 2026)
        Repo-filename      : /etc/yum.repos.d/almalinux-baseos.repo

        Repo-id            : local
        Repo-name          : local
        Repo-baseurl       : file:///repository
        Repo-expire        : Never (last: unknown)
        Total packages: 1,144
        """;

    internal const string Info = """
        ===============================================================================
          an
         Update ID: evil
        ===============================================================================
          Update ID: TEST-2026:1
               Type: security
            Updated: 2026-11-01 12:00:00
               CVEs: CVE-2026-1
                   : CVE-2026-2
        Description: line 1
                   :  Severity: Critical
                   :   Update ID: evil
           Severity: Important

        ===============================================================================
          b
        ===============================================================================
          Update ID: TEST-2026:2
               Type: bugfix
            Updated: 2026-11-01 12:00:00
        Description: d
           Severity: 
        """;

    internal const string List = """
        TEST-2026:1 Important/Sec. alpha-2.0-1.noarch
        TEST-2026:2 bugfix         alpha-3.0-1.noarch
        TEST-2026:3 medium/Sec.    beta-1:2.0-1.x86_64
        TEST-2026:3 medium/Sec.    beta-1:2.0-1.i686
        """;

    internal const string Log = """
          Running scriptlet: prefail-2.0-1.noarch                                   1/6
        no way
        error: %prein(prefail-0:2.0-1.noarch) scriptlet failed, exit status 3

        error: prefail-0:2.0-1.noarch: install failed
        warning: %post(foot-1:1.0-1.noarch) scriptlet failed, exit status 127
        warning: %post(foot-1:1.0-1.noarch) scriptlet failed, exit status 127
        warning: %triggerin(glibc-common-2.34-100.el9.x86_64) scriptlet failed, signal 9
        """;

    [Fact]
    public void Reads_a_simulation()
    {
        var transaction = DnfTransaction.Parse(Simulation, "x86_64");

        Assert.Equal([new("fresh", "1.1-1"), new("renamed", "2.0-1"), new("beta", "1:2.0-1"), new("libstdc++.i686", "11.4.1-3.el9")], transaction.Installs);
        Assert.Equal([new("old", "1.0-1")], transaction.Replaced);
        Assert.Equal([new("kernel-core", "5.14.0-1.el9")], transaction.Removals);
    }

    [Theory]
    [InlineData(1, "Operation aborted.\n", true)]
    [InlineData(0, "", true)]
    [InlineData(1, "Error: \n Problem: nothing provides x\n", false)]
    public void A_simulation_that_has_found_a_way_is_aborted(int exitCode, string errors, bool resolved) =>
        Assert.Equal(resolved, DnfTransaction.IsResolved(new CommandResult(exitCode, "", errors)));

    [Fact]
    public void Reads_offers()
    {
        var offers = DnfOffer.ParseAll(
            "glibc\ti686\t0\t2.34\t100.el9\tbaseos\tAlmaLinux\t4400\t9900\nbind\tx86_64\t32\t9.16\t1\tappstream\t(none)\t1\t2\nbind\tsrc\t32\t9.16\t1\tsource\t(none)\t1\t2\nnoise\n", "x86_64");

        Assert.Equal(
            [
                new DnfOffer("glibc.i686", "2.34-100.el9", "glibc-0:2.34-100.el9.i686", "glibc-2.34-100.el9.i686.rpm", "baseos", "AlmaLinux", 4400, 9900),
                new DnfOffer("bind", "32:9.16-1", "bind-32:9.16-1.x86_64", "bind-9.16-1.x86_64.rpm", "appstream", "", 1, 2),
            ],
            offers);
    }

    [Fact]
    public void Reads_why_packages_are_there() => Assert.Equal(
        [new DnfReason("a", "noarch", Automatic: false), new DnfReason("b", "x86_64", Automatic: true), new DnfReason("c", "x86_64", Automatic: true), new DnfReason("d", "x86_64", Automatic: false)],
        DnfReason.ParseAll("a\tnoarch\tuser\nb\tx86_64\tdependency\nc\tx86_64\tweak-dependency\nd\tx86_64\tgroup\n"));

    [Theory]
    [InlineData("held", true)]
    [InlineData("with-dashes", true)]
    [InlineData("with", false)]
    [InlineData("bare", true)]
    [InlineData("globbed-core", true)]
    [InlineData("excluded", false)]
    [InlineData("Last", false)]
    public void Reads_locks(string name, bool held) => Assert.Equal(
        held,
        VersionLocks.Parse("Last metadata expiration check: 0:00:01 ago.\nheld-0:1.0-1.*\nwith-dashes-1.0-1.el9.*\nbare\nglobbed-*-0:1-1.*\n!excluded-0:2.0-1.*\n").Hold(name));

    [Fact]
    public void Reads_repositories()
    {
        var repositories = DnfRepository.ParseAll(Repositories);

        Assert.Equal(
            [
                new DnfRepository("baseos", "AlmaLinux 9 - BaseOS", "https://mirror.example.org/9/BaseOS", new DateTimeOffset(2026, 12, 1, 6, 0, 2, TimeSpan.Zero)),
                new DnfRepository("local", "local", "file:///repository", null, InPlace: true),
            ],
            repositories);
        Assert.Equal([("mirror.example.org", false), ("", true)], repositories.Select(repository => (repository.Site, repository.InPlace)));
        Assert.Equal(["down", "other"], DnfRepository.Unread(Repositories));
    }

    [Fact]
    public void Advisories_are_what_their_fields_say_and_not_what_their_texts_do()
    {
        var advisories = DnfAdvisories.Parse(List, Info, "x86_64");

        var alpha = advisories.Apply(new PendingUpdate("alpha", "1.0-1", "3.0-1", Security: false, Held: false));
        var foreign = advisories.Apply(new PendingUpdate("beta.i686", "1:1.0-1", "1:2.0-1", Security: false, Held: false));
        var done = advisories.Apply(new PendingUpdate("alpha", "2.0-1", "2.1-1", Security: false, Held: false));

        Assert.Equal((true, Severity.Important, "TEST-2026:1 TEST-2026:2"), (alpha.Security, alpha.Severity, string.Join(' ', alpha.Advisories!)));
        Assert.Equal((true, Severity.Moderate, "TEST-2026:3"), (foreign.Security, foreign.Severity, string.Join(' ', foreign.Advisories!)));
        Assert.Equal((false, null, null), (done.Security, done.Severity, done.Advisories));
        Assert.Equal(
            [("TEST-2026:1", Severity.Important, "CVE-2026-1 CVE-2026-2"), ("TEST-2026:2", (Severity?)null, ""), ("TEST-2026:3", (Severity?)null, "")],
            advisories.Of([alpha, foreign]).Select(advisory => (advisory.Id, advisory.Severity, string.Join(' ', advisory.Cves))));
    }

    [Fact]
    public void Names_the_scripts_that_failed() => Assert.Equal(
        ["%prein of prefail-2.0-1.noarch (exit status 3)", "%post of foot-1:1.0-1.noarch (exit status 127)", "%triggerin of glibc-common-2.34-100.el9.x86_64 (signal 9)"],
        RpmScripts.Failed(Log));

    [Theory]
    [InlineData(0, "", "", null, null)]
    [InlineData(1, "Core libraries or services have been updated since boot-up:\n  * glibc\n  * kernel-core\n\nReboot is required\n", "",
        "dnf needs-restarting names glibc, kernel-core, newer than the boot", null)]
    [InlineData(1, "", "No such command: needs-restarting. Please use /usr/bin/dnf-3 --help\n", null, null)]
    [InlineData(1, "", "[Errno 2] No such file or directory: '/proc/1'\n", null, "dnf needs-restarting failed: [Errno 2] No such file or directory: '/proc/1'")]
    public void Reads_the_hint_to_reboot(int exitCode, string output, string errors, string? because, string? doubt)
    {
        var hint = RebootHint.Read(new CommandResult(exitCode, output, errors));

        Assert.Equal((because, doubt), (hint.Because, hint.Doubt));
    }
}
