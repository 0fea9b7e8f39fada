using PatchOperator.Api;
using PatchOperator.Contract;
using PatchOperator.Jobs;

namespace PatchOperator.Tests.Jobs;

public class StepReportsTests
{
    [Fact]
    public void A_pending_update_has_the_severity_the_advisories_and_their_vulnerabilities_and_what_would_go()
    {
        var report = Report(
            [
                new PendingUpdate("openssl", "1", "2", Security: true, Held: false) { Severity = Severity.Important, Advisories = ["A-1", "A-2"] },
                new PendingUpdate("bash", "1", "2", Security: false, Held: false),
                new PendingUpdate("libfoo", "1", "2", Security: false, Held: false, "would break oldapp") { Removes = ["oldapp"] },
            ],
            [new Advisory("A-1", Severity.Important, ["CVE-1", "CVE-2"]), new Advisory("A-2", null, ["CVE-2", "CVE-3"])]);
        var document = ReportFormat.Document(report);

        var summary = ReportFormat.ReadSummary(ReportFormat.Summary(report, document))!;
        var pending = StepReports.From(summary, ReportFormat.Read(ReportFormat.Log(document), summary).Report).Pending!;

        Assert.Equal(UpdateSeverity.Important, pending[0].Severity);
        Assert.Equal(["A-1", "A-2"], pending[0].Advisories!);
        Assert.Equal(["CVE-1", "CVE-2", "CVE-3"], pending[0].Cves!);
        Assert.Equal((null, null, null, null), (pending[1].Severity, pending[1].Advisories, pending[1].Cves, pending[1].Removes));
        Assert.Equal(["oldapp"], pending[2].Removes!);
    }

    [Theory]
    [InlineData(Severity.Low, UpdateSeverity.Low)]
    [InlineData(Severity.Moderate, UpdateSeverity.Moderate)]
    [InlineData(Severity.Important, UpdateSeverity.Important)]
    [InlineData(Severity.Critical, UpdateSeverity.Critical)]
    public void Each_severity_has_its_word(Severity found, UpdateSeverity said)
    {
        var report = Report([new PendingUpdate("openssl", "1", "2", Security: true, Held: false) { Severity = found }], []);

        Assert.Equal(said, StepReports.From(ReportFormat.ReadSummary(ReportFormat.Summary(report, ReportFormat.Document(report)))!, report).Pending![0].Severity);
    }

    [Fact]
    public void Services_that_run_replaced_code_are_counted_where_the_details_are_gone()
    {
        var report = Report([], []) with { OutdatedServices = ["cron.service", "ssh.service"] };
        var summary = ReportFormat.ReadSummary(ReportFormat.Summary(report, ReportFormat.Document(report)))!;

        Assert.Equal(["cron.service", "ssh.service"], StepReports.From(summary, report).OutdatedServices!.Names);
        Assert.Equal((2, 0), (StepReports.From(summary, null).OutdatedServices!.Count, StepReports.From(summary, null).OutdatedServices!.Names.Count));
        Assert.Null(StepReports.From(summary with { Counts = summary.Counts with { OutdatedServices = null } }, null).OutdatedServices);
    }

    private static AgentReport Report(IReadOnlyList<PendingUpdate> pending, IReadOnlyList<Advisory> advisories) => new()
    {
        Step = AgentStep.Scan,
        Result = AgentResult.Done,
        Reason = AgentReasons.Completed,
        Message = "scanned",
        Host = new HostFacts("AlmaLinux 9.4", "almalinux-9.4", "5.14", "x86_64", "dnf"),
        Pending = pending,
        Advisories = advisories,
    };
}
