using PatchOperator.Agent.Packages.Apt;

namespace PatchOperator.Agent.Tests.Apt;

/// <summary>Each text was captured from apt 2.6.1, dpkg 1.21 of Debian 12.</summary>
public class AptParserTests
{
    internal const string Simulation = """
        Reading package lists...
        Calculating upgrade...
        The following NEW packages will be installed:
          newdep
        The following packages have been kept back:
          held tied
        The following upgrades have been deferred due to phasing:
          later
        The following packages will be upgraded:
          bar libc6:i386
        2 upgraded, 1 newly installed, 0 to remove and 2 not upgraded.
        Inst newdep (1.1 Debian:12/stable [amd64])
        Remv old [3.0]
        Inst bar [1.0] (1:1.1-2+deb12u1 Debian-Security:12/stable-security, Debian:12.1/stable [amd64]) []
        Inst libc6:i386 [2.36-9] (2.36-9+deb12u14 Debian-Security:12/stable-security [i386])
        Conf newdep (1.1 Debian:12/stable [amd64])
        """;

    [Fact]
    public void Reads_a_simulation()
    {
        var simulation = AptSimulation.Parse(Simulation);

        Assert.Equal([new("newdep", "", "1.1"), new("bar", "1.0", "1:1.1-2+deb12u1"), new("libc6:i386", "2.36-9", "2.36-9+deb12u14")], simulation.Installs);
        Assert.Equal(["old"], simulation.Removals);
        Assert.Equal(["later"], simulation.Phased);
    }

    internal const string Listing = """
        Reading package lists...
        Suggested packages:
           apt-doc (2.6.2)
           | synaptic (0.91.3)
        The following packages will be REMOVED:
           old (3.0)
           purged* (3.1)
        The following NEW packages will be installed:
           newdep (1.1)
        The following packages will be upgraded:
           bar (1.0 => 1:1.1-2+deb12u1)
           libc6:i386 (2.36-9 => 2.36-9+deb12u14)
        The following packages will be DOWNGRADED:
           pinned (2.0 => 1.0)
        2 upgraded, 1 newly installed, 1 downgraded, 2 to remove and 0 not upgraded.
        Need to get 704 B/9060 kB of archives.
        'http://deb.debian.org/debian/pool/main/n/newdep_1.1_amd64.deb' newdep_1.1_amd64.deb 704 MD5Sum:332637b9a6e4ffba96e187251db9cfff
        """;

    [Fact]
    public void Reads_what_is_listed_before_an_installation()
    {
        var listed = AptListing.Parse(Listing)!;

        Assert.Equal(
            [new("bar", "1.0", "1:1.1-2+deb12u1"), new("libc6:i386", "2.36-9", "2.36-9+deb12u14"), new("pinned", "2.0", "1.0"), new("newdep", "", "1.1")],
            listed.Installs);
        Assert.Equal(["old", "purged"], listed.Removals);
    }

    [Theory]
    [InlineData("The following packages will be upgraded:", "Upgrading:")]
    [InlineData("2 upgraded", "3 upgraded")]
    [InlineData("1 newly", "0 newly")]
    [InlineData("newly installed, ", "newly installed, 1 reinstalled, ")]
    [InlineData("1 downgraded, ", "")]
    [InlineData("2 to remove", "3 to remove")]
    [InlineData("   bar (1.0 => 1:1.1-2+deb12u1)", "   bar (1:1.1-2+deb12u1)")]
    [InlineData(" not upgraded.", "")]
    [InlineData("2 upgraded, ", "")]
    public void Does_without_a_listing_that_is_not_all_that_apt_counts(string part, string instead) =>
        Assert.Null(AptListing.Parse(Listing.Replace(part, instead, StringComparison.Ordinal)));

    internal const string Indexes = """
        Package files:
         100 /var/lib/dpkg/status
             release a=now
         500 http://deb.debian.org/debian-security bookworm-security/main amd64 Packages
             release v=12,o=Debian,a=oldstable-security,n=bookworm-security,l=Debian-Security,c=main,b=amd64
             origin deb.debian.org
         500 http://deb.debian.org/debian bookworm/main amd64 Packages
             release v=12.12,o=Debian,a=oldstable,n=bookworm,l=Debian,c=main,b=amd64
             origin deb.debian.org
         -10 https://example.org ./ Packages
             release o=Example, Inc.,l=Odd, label,c=
        Pinned packages:
             foo -> 1.0 with priority 500
        """;

    [Fact]
    public void Reads_the_release_fields_of_indexes()
    {
        var sources = AptSource.ParseAll(Indexes);

        Assert.Equal(
            [
                "/var/lib/dpkg/status",
                "http://deb.debian.org/debian bookworm/main amd64 Packages",
                "http://deb.debian.org/debian-security bookworm-security/main amd64 Packages",
                "https://example.org ./ Packages",
            ],
            sources.Keys.Order(StringComparer.Ordinal));
        Assert.True(sources["http://deb.debian.org/debian-security bookworm-security/main amd64 Packages"].IsSecurity([]));
        Assert.False(sources["http://deb.debian.org/debian bookworm/main amd64 Packages"].IsSecurity([]));
        Assert.Equal(
            new AptSource("Debian", "Debian", "oldstable", "bookworm", "deb.debian.org"), sources["http://deb.debian.org/debian bookworm/main amd64 Packages"]);
        Assert.Equal(("Example, Inc.", "Odd, label"), (sources["https://example.org ./ Packages"].Origin, sources["https://example.org ./ Packages"].Label));
    }

    [Theory]
    [InlineData("Debian-Security", "stable-security", "bookworm-security", true)]
    [InlineData("Debian", "stable", "bookworm", false)]
    [InlineData("Debian", "stable-updates", "bookworm-updates", false)]
    [InlineData("Ubuntu", "jammy-security", "jammy", true)]
    [InlineData("Ubuntu", "jammy-updates", "jammy", false)]
    [InlineData("UbuntuESMApps", "jammy-apps-security", "jammy", true)]
    [InlineData("security tools", "stable", "stable", false)]
    public void Knows_security_archives(string label, string archive, string codename, bool security) =>
        Assert.Equal(security, new AptSource("", label, archive, codename, "").IsSecurity([]));

    internal const string Policy = """
        foo:
          Installed: 1.0
          Candidate: 1.2
          Version table:
             1.2 500
                500 file:/repo/main ./ Packages
             1.1 1001
               1001 file:/repo/sec ./ Packages
         *** 1.0 100
                100 /var/lib/dpkg/status
        libc6:i386:
          Installed: (none)
          Candidate: 2.36-9
          Version table:
             2.36-9 -1
                 -1 http://deb.debian.org/debian bookworm/main i386 Packages
        """;

    [Fact]
    public void Reads_version_tables()
    {
        var policies = AptPolicy.ParseAll(Policy);

        Assert.Equal(["foo", "libc6:i386"], policies.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(("1.0", "1.2"), (policies["foo"].Installed, policies["foo"].Candidate));
        Assert.Equal((1001, "file:/repo/sec ./ Packages"), (policies["foo"].Versions["1.1"].Priority, policies["foo"].Versions["1.1"].Indexes.Keys.Single()));
        Assert.True(policies["foo"].IsOffered("1.1"));
        Assert.False(policies["foo"].IsOffered("1.0"));
        Assert.Equal("1.2, 1.1", policies["foo"].OfferedVersions);
        Assert.Equal("", policies["libc6:i386"].Installed);
        Assert.True(policies["libc6:i386"].IsOffered("2.36-9"));
    }

    [Theory]
    [InlineData("file:/repo/main ./ Packages", "/var/lib/dpkg/status", true)]
    [InlineData("file:/repo/main ./ Packages", "http://deb.debian.org/debian bookworm/main amd64 Packages", false)]
    [InlineData("copy:/repo/main ./ Packages", "/var/lib/dpkg/status", false)]
    [InlineData("/var/lib/dpkg/status", "/var/lib/dpkg/status", false)]
    public void Knows_what_apt_takes_from_the_disks_of_the_host(string index, string other, bool local) =>
        Assert.Equal(local, new AptVersion(500, new Dictionary<string, int> { [index] = 500, [other] = 100 }).IsLocal);

    internal const string Records = """
        Package: libfoo
        Architecture: amd64
        Version: 1:1.1-2+deb12u1
        Installed-Size: 3456
        Filename: pool/main/f/foo/libfoo_1.1-2+deb12u1_amd64.deb
        Size: 704
        SHA256: 17c1a0ac4c4f1c8a0f3b0c1d7f7c3a1d
        Description-en: for programs
         that need it

        Package: bar
        Status: install ok installed
        Architecture: all
        Version: 2.0


        """;

    [Fact]
    public void Reads_records_of_versions()
    {
        var records = AptRecord.ParseAll(Records);

        Assert.Equal(
            [new AptRecord("libfoo", "amd64", "1:1.1-2+deb12u1", 3456, 704, "17c1a0ac4c4f1c8a0f3b0c1d7f7c3a1d"), new AptRecord("bar", "all", "2.0", 0, 0, null)],
            records);
        Assert.Equal("libfoo_1%3a1.1-2+deb12u1_amd64.deb", records[0].FileName);
    }

    [Fact]
    public void Reads_the_list_of_installed_packages()
    {
        var output = string.Join(
            '\n',
            "adduser\tall\t3.134\tinstall\tinstalled\tok\t686",
            "libc6\ti386\t2.36-9\tinstall\tinstalled\tok\t12000",
            "held\tamd64\t1.0\thold\tinstalled\tok\t",
            "half\tamd64\t1.1\tinstall\thalf-configured\tok\t1",
            "broken\tamd64\t1.1\tinstall\tinstalled\treinstreq\t1",
            "left\tamd64\t1.0\tdeinstall\tconfig-files\tok\t1",
            "gone\tamd64\t\tpurge\tnot-installed\tok\t",
            "");

        Assert.Equal(
            [
                new("adduser", "3.134", "installed", Held: false, Automatic: true, 686),
                new("broken", "1.1", "installed, reinstreq", Held: false, Automatic: false, 1),
                new("half", "1.1", "half-configured", Held: false, Automatic: false, 1),
                new("held", "1.0", "installed", Held: true, Automatic: false, 0),
                new("libc6:i386", "2.36-9", "installed", Held: false, Automatic: true, 12000),
            ],
            DpkgStatus.Parse(output, "amd64", new HashSet<string> { "adduser", "libc6:i386" }));
    }

    [Fact]
    public void Reads_marks()
    {
        const string text = "Package: newdep\nArchitecture: amd64\nAuto-Installed: 1\n\nPackage: tool\nArchitecture: amd64\nAuto-Installed: 0\n\nPackage: "
            + "libc6\nArchitecture: i386\nAuto-Installed: 1\n";

        Assert.Equal(["libc6:i386", "newdep"], AptExtendedStates.Automatic(text, "amd64").Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(
        "E: Could not get lock /var/lib/dpkg/lock-frontend. It is held by process 9374\nE: Unable to acquire the dpkg frontend lock "
            + "(/var/lib/dpkg/lock-frontend), is another process using it?",
        true)]
    [InlineData("E: Could not get lock /var/lib/apt/lists/lock. It is held by process 9383\nE: Unable to lock directory /var/lib/apt/lists/", true)]
    [InlineData("dpkg: error: dpkg frontend lock was locked by another process with pid 9374", true)]
    [InlineData("E: Sub-process /usr/bin/dpkg returned an error code (1)", false)]
    public void Knows_a_conflict_of_locks(string output, bool conflict) => Assert.Equal(conflict, AptMessages.IsLockConflict(output));

    [Fact]
    public void Names_what_failed_once_and_without_noise()
    {
        const string errors = """
            E: Failed to fetch http://127.0.0.1:9/debian/./InRelease  Could not connect to 127.0.0.1:9 (127.0.0.1). - connect (111: Connection refused)
            E: Some index files failed to download. They have been ignored, or old ones used instead.
            """;
        var warnings = errors.Replace("E: ", "W: ", StringComparison.Ordinal);

        Assert.Equal(
            ["Failed to fetch http://127.0.0.1:9/debian/./InRelease Could not connect to 127.0.0.1:9 (127.0.0.1). - connect (111: Connection refused)"],
            AptMessages.Errors(errors));
        Assert.Equal(AptMessages.Errors(errors), AptMessages.Errors(warnings));
        Assert.True(AptMessages.IsIncomplete(warnings));
    }

    [Fact]
    public void The_tail_of_a_log_has_an_end() =>
        Assert.InRange(AptMessages.Tail(string.Concat(Enumerable.Repeat(new string('x', 1000) + "\n", 50))).Length, 1000, 1501);
}
