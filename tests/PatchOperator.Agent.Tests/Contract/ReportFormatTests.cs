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

        var read = ReportFormat.ReadReport(Log(document), summary)!;

        Assert.Equal(
            report with { Pending = null, Advisories = [], Incomplete = null, Changed = [], Restarted = [], Substituted = [], Missing = [], Commands = [], KeptConfiguration = [] },
            read with { Pending = null, Advisories = [], Incomplete = null, Changed = [], Restarted = [], Substituted = [], Missing = [], Commands = [], KeptConfiguration = [] });
        Assert.Equal(report.Incomplete!, read.Incomplete!);
        Assert.Equal(report.Lists, summary.Lists);
        Assert.Equal(report.Pending!, read.Pending!);
        Assert.Equal(report.Changed, read.Changed);
        Assert.Equal(report.KeptConfiguration, read.KeptConfiguration);
        Assert.Equal(report.Restarted, read.Restarted);
        Assert.Equal(report.Substituted, read.Substituted);
        Assert.Equal(report.Commands, read.Commands);
        Assert.Equal(
            new ReportCounts(Packages: 90, PendingSecurity: 1, PendingTotal: 2, Held: 1, Changed: 1, Missing: 0, Incomplete: 1, Blocked: 2, BlockedSecurity: 1),
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
    public void A_document_that_is_not_the_one_the_summary_speaks_of_is_no_report()
    {
        var (document, summary) = Write(AReport("all well"));

        Assert.Null(ReportFormat.ReadReport(Log(document.Replace("all well", "all good", StringComparison.Ordinal)), summary));
        Assert.Null(ReportFormat.ReadReport(Log(document), summary with { Sha256 = new string('0', 64) }));
    }

    [Fact]
    public void A_marker_in_the_message_ends_nothing()
    {
        var (document, summary) = Write(AReport($"said:\n{ReportFormat.EndMarker}\n{ReportFormat.BeginMarker}\n{{}}\n"));

        Assert.NotNull(ReportFormat.ReadReport(Log(document), summary));
    }

    [Fact]
    public void The_last_of_several_reports_counts()
    {
        var (first, _) = Write(AReport("reboot requested"));
        var (second, summary) = Write(AReport("reboot refused"));

        Assert.Equal("reboot refused", ReportFormat.ReadReport(Log(first) + Log(second), summary)!.Message);
    }

    [Fact]
    public void Lines_of_the_other_stream_between_the_markers_do_no_harm()
    {
        var (document, summary) = Write(AReport("all well"));

        Assert.NotNull(
            ReportFormat.ReadReport($"{ReportFormat.BeginMarker}\n2026-01-01T00:00:00Z a late line\n{document}\nanother\n{ReportFormat.EndMarker}\n", summary));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(20)]
    [InlineData(200)]
    [InlineData(600)]
    public void A_log_that_was_cut_is_no_report(int length)
    {
        var (document, summary) = Write(AReport("all well"));

        Assert.Null(ReportFormat.ReadReport(Log(document)[..length], summary));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("OOMKilled")]
    [InlineData("{}")]
    [InlineData("""{"schema":"patchoperator.io/v9/report"}""")]
    public void What_is_no_summary_is_not_read(string? text) => Assert.Null(ReportFormat.ReadSummary(text));

    [Fact]
    public void A_log_that_is_gone_is_no_report() => Assert.Null(ReportFormat.ReadReport(null, Write(AReport("all well")).Summary));

    private static (string Document, AgentSummary Summary) Write(AgentReport report)
    {
        var document = ReportFormat.Document(report);
        return (document, ReportFormat.ReadSummary(ReportFormat.Summary(report, document))!);
    }

    private static string Log(string document) => $"{ReportFormat.BeginMarker}\n{document}\n{ReportFormat.EndMarker}\n";

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
        Substituted = [new("d", "1.9", "2")],
        Commands = [new("apt-get update", 0, 2, 1.25), new("apt-get install -- d=2", null, 1, 3600)],
    };
}
