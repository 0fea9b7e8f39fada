using System.Xml;
using PatchOperator.Agent.Hosts;
using PatchOperator.Agent.Images.Building;
using PatchOperator.Agent.Mutations;
using PatchOperator.Agent.Packages.Apt;
using PatchOperator.Agent.Packages.Dnf;
using PatchOperator.Agent.Packages.Rpm;
using PatchOperator.Agent.Packages.Zypper;
using PatchOperator.Agent.Reboots;
using PatchOperator.Agent.Run;
using PatchOperator.Agent.Steps;
using PatchOperator.Agent.Tests.Apt;
using PatchOperator.Agent.Tests.Dnf;
using PatchOperator.Agent.Tests.Zypper;
using PatchOperator.Agent.Units;
using PatchOperator.Contract;
using PatchOperator.Contract.Grammars;

namespace PatchOperator.Agent.Tests.Parsing;

/// <summary>All parsers of what programs, hosts and archives say, by name.</summary>
internal static class FuzzedParsers
{
    private const string Native = "amd64";

    // Of elements that are not closed .NET puts all names into its message, one by one: the time grows with the square of their number.
    private const int Nested = 1 << 16;

    private const string Maps = "7f0c1a000000-7f0c1a100000 r-xp 00028000 fe:00 950317                     /usr/lib/x86_64-linux-gnu/libc.so.6 (deleted)\n";
    private const string AptErrors = "W: GPG error: http://a/ x InRelease: NO_PUBKEY 1\nE: Failed to fetch http://a/dists/x/InRelease  404  Not Found [IP: 1 80]\nE: Could not get lock /l\n";
    private const string Description =
        "Problem: 1: a-1-1.noarch requires b >= 2\n  not installable: b\n Solution 1: deinstallation of a-1.0-1.noarch\n  remove lock to allow removal of b-1.0-1.noarch\n";
    private const string Scriptlets =
        "error: %prein(a-0:1-1.noarch) scriptlet failed, exit status 3\n"
        + "<message type=\"warning\">a-1-1.noarch.rpm %posttrans script failed (returned 5)</message>\n<progress id=\"1\" name=\"x\"/>\n"
        + "<install-summary x=\"1\">\n</install-summary>\n<prompt id=\"0\">\n<text>Continue?</text>\n<message type=\"error\">a &apos;b&apos;</message>\n";
    private const string Unit =
        "Id=ssh.service\nLoadState=loaded\nActiveState=active\nSubState=running\nJob=0\nConditionTimestampMonotonic=1\nActiveEnterTimestampMonotonic=17000000\nExecMainCode=1\nExecMainStatus=0\n";

    private static readonly PendingUpdate Update = new("alpha", "1.0-1", "3.0-1", Security: false, Held: false);

    private static readonly AgentReport Report = new()
    {
        Step = AgentStep.Scan,
        Result = AgentResult.Done,
        Reason = AgentReasons.Completed,
        Message = "all well",
        Host = new HostFacts("debian-12", "Debian", "6.1.0", "amd64", "apt"),
        Pending = [Update],
    };

    public static IReadOnlyDictionary<string, FuzzedParser> All { get; } = new Dictionary<string, FuzzedParser>
    {
        ["what apt knows of packages"] = new(text => Ask(AptPolicy.ParseAll(text).Values.Select(policy => (policy.IsSettled, policy.OfferedVersions, policy.OfferFor("1.0")))), AptParserTests.Policy),
        ["apt's indexes and their archives"] = new(text => Ask(AptSource.ParseAll(text).Values.Select(source => source.IsSecurity([]))), AptParserTests.Indexes),
        ["apt's list of indexes"] = new(
            text => Ask(AptIndex.ParseAll(text).Select(index => index.ReleaseFiles)),
            "/var/lib/apt/lists/a_main_binary-amd64_Packages\tmain/binary-amd64/Packages\ta main\n"),
        ["apt's simulation"] = new(text => Ask(AptSimulation.Parse(text)), AptParserTests.Simulation),
        ["apt's listing"] = new(text => Ask(AptListing.Parse(text)), AptParserTests.Listing),
        ["apt's records"] = new(text => Ask(AptRecord.ParseAll(text).Select(record => record.FileName)), AptParserTests.Records),
        ["apt's marks"] = new(text => Ask(AptExtendedStates.Automatic(text, Native)), AptParserTests.Records),
        ["apt's messages"] = new(
            text => Ask(AptMessages.Errors(text), AptMessages.IsIncomplete(text), AptMessages.IsLockConflict(text), AptMessages.IsDiskFull(text), AptMessages.IsBroken(text), AptMessages.Tail(text)),
            AptErrors),
        ["apt's messages of a build"] = new(text => Ask(AptFailures.Explain("x", text).Message), AptErrors),
        ["dpkg's list"] = new(
            text => Ask(DpkgStatus.Parse(text, Native, new HashSet<string>())),
            "libc6\ti386\t2.36-9\tinstall\tinstalled\tok\t12000\nheld\tamd64\t1.0\thold\thalf-configured\treinstreq\t\n"),
        ["dpkg's files of packages"] = new(ReadInfo, "interest-noawait /usr/share\nactivate update\n", "#!/bin/sh\n# update-initramfs\nexec update-initramfs -u\n/usr/share/a b\n"),
        ["names of kernels"] = new(
            text => Ask(
                KernelCheck.Examine(text, " Debian " + text + " (", [new("linux-image-" + text, text, "installed", Held: false, Automatic: false, 1)], DebianVersions.Order)), "6.1.0-18-cloud-amd64"),
        ["versions and names"] = new(
            text => Ask(
                DebianNames.Refusal(text, text), RpmNames.Refusal(text, text), DebianVersions.Order.Compare(text, text + "1"), RpmVersions.Order.Compare(text, text + "1")), "1:3.0.17-1~deb12u2.el9"),
        ["dnf's simulation"] = new(text => Ask(DnfTransaction.Parse(text, Native)), DnfParserTests.Simulation),
        ["dnf's repositories"] = new(text => Ask(DnfRepository.ParseAll(text).Select(repository => (repository.Site, repository.InPlace)), DnfRepository.Unread(text)), DnfParserTests.Repositories),
        ["dnf's advisories"] = new(text => Ask(DnfAdvisories.Parse(text, text, Native) is var read ? read.Of([read.Apply(Update)]) : null), DnfParserTests.List, DnfParserTests.Info),
        ["dnf's offers"] = new(text => Ask(DnfOffer.ParseAll(text, Native)), "glibc\ti686\t0\t2.34\t100.el9\tbaseos\tAlmaLinux\t4400\t9900\n"),
        ["dnf's reasons"] = new(text => Ask(DnfReason.ParseAll(text)), "a\tnoarch\tuser\nb\tx86_64\tdependency\n"),
        ["dnf's locks"] = new(text => Ask(VersionLocks.Parse(text).Hold("alpha")), "held-0:1.0-1.*\nwith-dashes-1.0-1.el9.*\nglobbed-*-0:1-1.*\n!excluded-0:2.0-1.*\n"),
        ["dnf's hint"] = new(text => Ask(RebootHint.Read(new CommandResult(1, text, text))), "Core libraries:\n  * glibc\n\nReboot is required\n"),
        ["dnf's messages"] = new(
            text => Ask(DnfMessages.Errors(text), DnfMessages.Problems(text), DnfMessages.Tail(text), DnfMessages.IsDiskFull(text), DnfMessages.IsFetchFailure(text)),
            DnfParserTests.Log, "Error: \n Problem 1: nothing provides x\n  - needs 4MB more space on the / filesystem\nPackage a.rpm is not signed\n"),
        ["rpm's scripts"] = new(text => Ask(RpmScripts.Failed(text)), DnfParserTests.Log),
        ["rpm's list"] = new(text => Ask(RpmDatabase.Parse(text, Native)), "glibc\t0\t2.34\t100.el9\ti686\t4711\nbash\t1\t5\t1\tnoarch\t1\n"),
        ["rpm's kernels"] = new(
            text => Ask(RpmKernels.Examine("6.4.0-1-default", text)),
            "kernel-core\t0\t6.4.0\t1\t/lib/modules/6.4.0-1/vmlinuz\nkernel-default\t0\t6.4.0\t1\t/boot/vmlinuz-6.4.0-1-default\n"),
        ["zypper's answers"] = new(ReadAnswer, ZypperParserTests.Summary, Answers) { Size = Nested },
        ["zypper's notices"] = new(text => Ask(ZypperNotice.Read(new StringReader(text), Native, _ => true)), ZypperParserTests.Updateinfo) { Refusal = typeof(XmlException), Size = Nested },
        ["zypper's messages"] = new(
            text => Ask(ZypperMessages.Errors(text), ZypperMessages.FailedScriptlets(text), ZypperMessages.Tail(text), ZypperMessages.IsDiskFull(text), ZypperMessages.IsFetchFailure(text)),
            Scriptlets),
        ["zypper's problems"] = new(text => Ask(SolverProblem.Parse(text)), Description),
        ["zypper's hint"] = new(text => Ask(ZypperReboot.Examine(new CommandResult(1, text, text))), Scriptlets),
        ["units"] = new(text => Ask(UnitList.Parse(text).Select(unit => (unit.HasFailed, unit.ComesUp, unit.HasSettled(TimeSpan.FromHours(1))))), Unit + "\n" + Unit),
        ["a unit's state"] = new(text => Ask(SystemdUnitState.Parse(text)), Unit),
        ["control groups"] = new(text => Ask(new ProcessCgroups(text).Service(text)), "0::/system.slice/ssh.service\n", "1:name=systemd:/init.scope\n"),
        ["services that are left alone"] = new(text => Ask(RestartRules.Allows(text)), "NetworkManager-wait-online.service", "container-getty@1.service"),
        ["maps of processes"] = new(text => Ask(DeletedMaps.Of(text)), Maps + Maps),
        ["os-release"] = new(text => Ask(OsRelease.Parse(text).Family), "NAME=Ubuntu\nID=ubuntu\nID_LIKE='debian x'\n# none\nVERSION_ID=\"24.04\"\n"),
        ["mounts"] = new(
            text => Ask(MountTable.Parse(text).Of("/var/lib"), MountTable.Parse(text).Of("/")), "1 0 8:1 / / rw - ext4 a rw\n2 1 8:1 / /var/lib/a\\040b ro,noexec - ext4 a ro\n"),
        ["requests"] = new(
            text => Ask(RequestReader.Read(text)),
            RequestReader.Write(new AgentRequest { Step = AgentStep.Patch, Operation = "a", Updates = [new("a", "1")], SecuritySources = ["label=x"] }))
        {
            Refusal = typeof(InvalidRequestException),
        },
        ["summaries of reports"] = new(text => Ask(ReportFormat.ReadSummary(text)), ReportFormat.Summary(Report, ReportFormat.Document(Report))),
        ["reports"] = new(text => Ask(ReportFormat.Read(text, Summary)), "noise\n" + ReportFormat.Log(ReportFormat.Document(Report))),
    };

    private const string Answers = """
        <?xml version='1.0'?>
        <stream><message type="error">Repository &apos;a&apos; is invalid.</message>
        <repo-list><repo alias="a" name="A" enabled="1" priority="99"><url>dir:/a</url></repo></repo-list>
        <search-result><solvable-list><solvable status="installed" name="a" kind="package" edition="1-1" arch="amd64" repository="A"/></solvable-list></search-result>
        <locks><lock number="1"><name>a</name><matches><match kind="package" installed="true" name="a" arch="amd64"/></matches></lock></locks>
        <prompt id="0"><description>Problem: nothing provides b needed by a-1-1.noarch
         Solution 1: deinstallation of a-1.0-1.noarch</description></prompt></stream>
        """;

    private static AgentSummary Summary => ReportFormat.ReadSummary(ReportFormat.Summary(Report, ReportFormat.Document(Report)))!;

    private static void ReadAnswer(string text)
    {
        if (ZypperAnswer.Parse(new CommandResult(0, text, "")) is not { } answer)
            return;
        var repositories = ZypperRepository.ParseAll(answer.Stream);
        var offers = ZypperOffers.Parse(answer.Stream, repositories, Native);
        Ask(
            ZypperSummary.Parse(answer.Stream, Native).Versions, answer.Complaints, repositories.Select(repository => repository.Metadata), ZypperQueries.Locked(answer.Stream, Native),
            offers.Versions("a"), offers.HasNewer("a", "0-1"));
    }

    private static void ReadInfo(string text)
    {
        var root = Directory.CreateTempSubdirectory("patch-operator-info-").FullName;
        Directory.CreateDirectory($"{root}/var/lib/dpkg/info");
        foreach (var (file, content) in new[] { ("a.triggers", text), ("a.postinst", text), ("b.list", text), ("a.list", "/usr/share/a\n") })
            File.WriteAllText($"{root}/var/lib/dpkg/info/{file}", content);
        var info = new DpkgInfo(new HostRoot(root));
        Ask(info.Runs("a", ["update-initramfs"]), info.Files("b"));
        Directory.Delete(root, recursive: true);
    }

    /// <summary>What is lazy is read to its end.</summary>
    private static void Ask(params object?[] answers)
    {
        foreach (var items in answers.OfType<System.Collections.IEnumerable>())
        {
            foreach (var item in items)
                _ = item;
        }
    }
}
