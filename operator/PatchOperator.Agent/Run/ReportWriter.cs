using PatchOperator.Contract;

namespace PatchOperator.Agent.Run;

/// <summary>Writes the report to the log and its summary to the termination message.</summary>
/// <param name="output">Standard output.</param>
/// <param name="terminationLog">Gets the summary; when it cannot be written the report in the log still counts.</param>
/// <param name="progress">Told how the step ended.</param>
internal sealed class ReportWriter(TextWriter output, string terminationLog, Progress progress)
{
    private readonly TerminationLog log = new(terminationLog, progress);

    /// <summary>Nothing is said after it: a line on standard error could end up between the report's.</summary>
    public void Write(AgentReport report)
    {
        progress.Say($"{report.Step}: {report.Result} ({report.Reason}): {report.Message}");
        var document = ReportFormat.Document(report);
        log.Write(ReportFormat.Summary(report, document));
        output.Write(ReportFormat.Log(document));
        output.Flush();
    }
}
