using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace PatchOperator.Contract;

/// <summary>How a report travels from agent to operator: the document in the log, its summary in the termination message.</summary>
public static class ReportFormat
{
    public const string BeginMarker = "-----BEGIN PATCHOPERATOR REPORT-----";
    public const string EndMarker = "-----END PATCHOPERATOR REPORT-----";

    private const string Prefix = "report: ";

    // Container runtimes take a line apart at 16 KiB, and what is said on standard error at that time may come between its parts. The document is ASCII.
    private const int LineLength = 8 * 1024;

    /// <summary>What goes to the log: the document between the markers, in lines that nobody takes apart.</summary>
    public static string Log(string document) =>
        string.Concat([$"{BeginMarker}\n", .. document.Chunk(LineLength).Select(part => $"{Prefix}{new string(part)}\n"), $"{EndMarker}\n"]);

    /// <summary>The document: JSON.</summary>
    public static string Document(AgentReport report) => JsonSerializer.Serialize(report, ContractJson.Default.AgentReport);

    /// <summary>The summary that belongs to <paramref name="document"/>, cut to <see cref="AgentSummary.MaxBytes"/>.</summary>
    public static string Summary(AgentReport report, string document)
    {
        for (var room = 1024; ; room /= 2)
        {
            var json = JsonSerializer.Serialize(Summarize(report, document, room), ContractJson.Default.AgentSummary);
            if (room == 0 || Encoding.UTF8.GetByteCount(json) <= AgentSummary.MaxBytes)
                return json;
        }
    }

    /// <summary>Reads a summary; null when <paramref name="terminationMessage"/> is none.</summary>
    public static AgentSummary? ReadSummary(string? terminationMessage) =>
        TryRead(terminationMessage, ContractJson.Default.AgentSummary) is { Schema: AgentReport.CurrentSchema } summary ? summary : null;

    /// <summary>
    /// Finds the document in a log and checks it against the summary's hash. The last marker counts, as an agent that was started again in the same container
    /// prints a second one. Other lines may stand between those of the document: the container runtime reads standard error and output one by one, in any
    /// order.
    /// </summary>
    public static ReportReading Read(string? log, AgentSummary summary)
    {
        var begin = log?.LastIndexOf(BeginMarker + "\n", StringComparison.Ordinal) ?? -1;
        if (begin < 0)
            return new ReportReading(null, ReportFault.Missing);
        var lines = log![begin..].Split('\n').TakeWhile(line => line != EndMarker).ToList();
        var own = lines.Where(line => line.StartsWith(Prefix, StringComparison.Ordinal)).Select(line => line[Prefix.Length..]).ToList();
        // Agents of before have it on one line: they may be at work while the operator is upgraded.
        var document = own.Count > 0 ? string.Concat(own) : lines.FirstOrDefault(line => Hash(line) == summary.Sha256) ?? "";
        // What nobody can read lacks something, or has lines of the other stream within its own.
        if (TryRead(document, ContractJson.Default.AgentReport) is not { Schema: AgentReport.CurrentSchema } report)
            return new ReportReading(null, ReportFault.Cut);
        return Hash(document) == summary.Sha256 ? new ReportReading(report, null) : new ReportReading(null, ReportFault.Altered);
    }

    private static AgentSummary Summarize(AgentReport report, string document, int messageLength) => new()
    {
        Step = report.Step,
        Result = report.Result,
        Reason = report.Reason,
        Message = Cut(report.Message, messageLength),
        Counts = new ReportCounts(
            report.Installed?.Packages,
            report.Pending?.Count(update => update is { Security: true, Installable: true }),
            report.Pending?.Count(update => update.Installable),
            report.Pending?.Count(update => update.Held),
            report.Changed.Count,
            report.Missing.Count,
            report.Incomplete?.Count,
            report.Pending?.Count(update => update is { Held: false, Installable: false }),
            report.Pending?.Count(update => update is { Security: true, Held: false, Installable: false }),
            report.OutdatedServices?.Count),
        Lists = report.Lists is { Message: { } message } lists ? lists with { Message = Cut(message, messageLength / 2) } : report.Lists,
        RebootRequired = report.Reboot?.Required,
        PatchLevel = report.Installed?.PatchLevel,
        Sha256 = Hash(document),
        Length = Encoding.UTF8.GetByteCount(document),
    };

    private static string Cut(string text, int length) => text.Length <= length ? text : text[..length];

    private static string Hash(string document) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(document)));

    private static T? TryRead<T>(string? json, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
        where T : class
    {
        if (string.IsNullOrWhiteSpace(json))
            return null;
        try
        {
            return JsonSerializer.Deserialize(json, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
