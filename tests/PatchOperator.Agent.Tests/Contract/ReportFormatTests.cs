using System.Text;
using PatchOperator.Contract;

namespace PatchOperator.Agent.Tests.Contract;

public class ReportFormatTests
{
    [Fact]
    public void What_the_agent_writes_the_operator_reads()
    {
        var report = AReport("all well");
        var (document, summary) = Write(report);

        var read = ReportFormat.Read(ReportFormat.Log(document), summary).Report!;

        Assert.Equal(WithoutLists(report), WithoutLists(read));
        Assert.Equal(report.Incomplete!, read.Incomplete!);
        Assert.Equal(report.Lists, summary.Lists);
        Assert.Equal(report.Pending!, read.Pending!);
        Assert.Equal(report.Changed, read.Changed);
        Assert.Equal(report.KeptConfiguration, read.KeptConfiguration);
        Assert.Equal(report.Restarted, read.Restarted);
        Assert.Equal(report.OutdatedServices!, read.OutdatedServices!);
        Assert.Equal(report.Substituted, read.Substituted);
        Assert.Equal(report.Commands, read.Commands);
        Assert.Equal(
            new ReportCounts(Packages: 90, PendingSecurity: 1, PendingTotal: 2, Held: 1, Changed: 1, Missing: 0, Incomplete: 1, Blocked: 2, BlockedSecurity: 1, OutdatedServices: 2),
            summary.Counts);
        Assert.Equal(Encoding.UTF8.GetByteCount(document), summary.Length);
    }

    [Theory]
    [InlineData("plain ")]
    [InlineData("äöü€ ")]
    [InlineData("😀")]
    [InlineData("\u0000\u001b\"\\\n")]
    public void The_summary_fits_whatever_the_message(string piece)
    {
        var message = string.Concat(Enumerable.Repeat(piece, 5000));
        var report = AReport(message) with { Lists = new ListFacts(false, null, message) };

        var summary = ReportFormat.Summary(report, ReportFormat.Document(report));

        Assert.InRange(Encoding.UTF8.GetByteCount(summary), 1, AgentSummary.MaxBytes);
        Assert.NotNull(ReportFormat.ReadSummary(summary));
    }

    [Fact]
    public void A_document_that_is_not_the_one_the_summary_speaks_of_is_altered()
    {
        var (document, summary) = Write(AReport("all well"));

        AssertFault(ReportFault.Altered, ReportFormat.Log(document.Replace("all well", "all good", StringComparison.Ordinal)), summary);
        AssertFault(ReportFault.Altered, ReportFormat.Log(document), summary with { Sha256 = new string('0', 64) });
    }

    [Fact]
    public void A_marker_in_the_message_ends_nothing()
    {
        var (document, summary) = Write(AReport($"said:\n{ReportFormat.EndMarker}\n{ReportFormat.BeginMarker}\n{{}}\n"));

        Assert.NotNull(ReportFormat.Read(ReportFormat.Log(document), summary).Report);
    }

    [Fact]
    public void The_last_of_several_reports_counts()
    {
        var (first, _) = Write(AReport("reboot requested"));
        var (second, summary) = Write(AReport("reboot refused"));

        Assert.Equal("reboot refused", ReportFormat.Read(ReportFormat.Log(first) + ReportFormat.Log(second), summary).Report!.Message);
    }

    /// <summary>The kubelet puts lines together that the container runtime took apart at 16 KiB, and whatever was said on standard error at that time is between the parts.</summary>
    [Fact]
    public void Five_thousand_updates_come_through_with_the_other_stream_between_all_lines()
    {
        var report = AReport("all well") with
        {
            Pending = [.. Enumerable.Range(0, 5000).Select(number => new PendingUpdate($"package-{number}", "1.0-1", "1.0-2", Security: number % 2 == 0, Held: false))],
        };
        var (document, summary) = Write(report);
        var lines = ReportFormat.Log(document).Split('\n');

        var read = ReportFormat.Read(string.Join("\n2026-01-01T00:00:00Z a late line\n", lines), summary);

        Assert.All(lines, line => Assert.InRange(line.Length, 0, 16 * 1024 - 1));
        Assert.Equal(report.Pending, read.Report!.Pending!);
    }

    /// <summary>As where the runtime reads in the middle of a line, and the kubelet joins its parts to what came between.</summary>
    [Fact]
    public void Lines_within_lines_are_no_alteration()
    {
        var (document, summary) = Write(AReport("all well"));

        AssertFault(ReportFault.Cut, ReportFormat.Log(document).Replace("all well", "all 2026-01-01T00:00:00Z Patch: Done\nwell", StringComparison.Ordinal), summary);
    }

    [Fact]
    public void An_agent_of_before_has_its_report_on_one_line()
    {
        var (document, summary) = Write(AReport("all well"));

        Assert.Equal("all well", ReportFormat.Read($"{ReportFormat.BeginMarker}\na late line\n{document}\n{ReportFormat.EndMarker}\n", summary).Report!.Message);
    }

    [Theory]
    [InlineData(0, ReportFault.Missing)]
    [InlineData(20, ReportFault.Missing)]
    [InlineData(200, ReportFault.Cut)]
    [InlineData(600, ReportFault.Cut)]
    public void A_log_that_was_cut_is_no_report(int length, ReportFault fault)
    {
        var (document, summary) = Write(AReport("all well"));

        AssertFault(fault, ReportFormat.Log(document)[..length], summary);
    }

    [Fact]
    public void A_log_that_is_gone_has_no_report() => AssertFault(ReportFault.Missing, null, Write(AReport("all well")).Summary);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("OOMKilled")]
    [InlineData("{}")]
    [InlineData("""{"schema":"patchoperator.io/v9/report"}""")]
    public void What_is_no_summary_is_not_read(string? text) => Assert.Null(ReportFormat.ReadSummary(text));

    private static AgentReport WithoutLists(AgentReport report) => report with
    {
        Pending = null,
        Advisories = [],
        Incomplete = null,
        Changed = [],
        Restarted = [],
        OutdatedServices = null,
        Substituted = [],
        Missing = [],
        Commands = [],
        KeptConfiguration = [],
    };

    private static (string Document, AgentSummary Summary) Write(AgentReport report)
    {
        var document = ReportFormat.Document(report);
        return (document, ReportFormat.ReadSummary(ReportFormat.Summary(report, document))!);
    }

    private static void AssertFault(ReportFault fault, string? log, AgentSummary summary) => Assert.Equal(new ReportReading(null, fault), ReportFormat.Read(log, summary));

    private static AgentReport AReport(string message) => new()
    {
        Step = AgentStep.Patch,
        Result = AgentResult.Done,
        Reason = AgentReasons.Completed,
        Message = message,
        Host = new HostFacts("Debian GNU/Linux 12 (bookworm)", "debian-12", "6.1.0-18-amd64", "amd64", "apt"),
        Installed = new InstalledFacts(90, "abc"),
        Incomplete = [new("half", "half-configured")],
        Lists = new ListFacts(false, new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), "no archive of packages is configured"),
        Pending =
        [
            new("x", "1", "2", Security: true, Held: false, "would break y"),
            new("z", "1", "2", Security: false, Held: false, "pinned at 1"),
            new("a", "1", "2", Security: true, Held: false),
            new("b", "1", "2", Security: false, Held: false),
            new("c", "1", "2", Security: true, Held: true),
        ],
        Changed = [new("d", "1", "2")],
        KeptConfiguration = ["/etc/d.conf"],
        Restarted = ["ssh.service"],
        OutdatedServices = ["cron.service", "dbus.service"],
        Substituted = [new("d", "1.9", "2")],
        Commands = [new("apt-get update", 0, 2, 1.25), new("apt-get install -- d=2", null, 1, 3600)],
    };
}
