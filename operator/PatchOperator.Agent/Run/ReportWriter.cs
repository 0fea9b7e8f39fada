using PatchOperator.Agent.Contract;

namespace PatchOperator.Agent.Run;

/// <summary>Writes the report to the log and its summary to the termination message.</summary>
/// <param name="output">Standard output.</param>
/// <param name="terminationLog">The file the kubelet reads, see <c>terminationMessagePath</c> of a container.</param>
/// <param name="progress">Told when the file cannot be written: the report in the log still counts.</param>
internal sealed class ReportWriter(TextWriter output, string terminationLog, Progress progress)
{
    /// <summary>Nothing is said after it: a line on standard error could end up between the report's.</summary>
    public void Write(AgentReport report)
    {
        progress.Say($"{report.Step}: {report.Result} ({report.Reason}): {report.Message}");
        var document = ReportFormat.Document(report);
        WriteSummary(ReportFormat.Summary(report, document));
        output.Write($"{ReportFormat.BeginMarker}\n{document}\n{ReportFormat.EndMarker}\n");
        output.Flush();
    }

    private void WriteSummary(string summary)
    {
        // Outside a container there is none, and /dev is no place to leave files in.
        if (terminationLog == AgentOptions.DefaultTerminationLog && !File.Exists(terminationLog))
            return;
        try
        {
            File.WriteAllText(terminationLog, summary);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            progress.Say($"cannot write the summary to {terminationLog}: {error.Message}");
        }
    }
}
