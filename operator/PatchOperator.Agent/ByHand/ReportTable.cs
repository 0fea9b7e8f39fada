using PatchOperator.Contract;

namespace PatchOperator.Agent.ByHand;

/// <summary>A report for people.</summary>
internal static class ReportTable
{
    public static string Of(AgentReport report) => string.Concat(
        Line("host", Host(report.Host)),
        Line("result", $"{report.Result} ({report.Reason}): {report.Message}"),
        Line("patch level", report.Installed?.PatchLevel ?? "unknown"),
        Line("reboot", report.Reboot switch
        {
            null => "unknown",
            { Required: false } => "not due",
            { Because: var because } => $"due: {string.Join("; ", because)}",
        }),
        Line("services", report.OutdatedServices switch
        {
            null => "unknown",
            [] => "none runs code that was replaced",
            var outdated => $"run code that was replaced: {string.Join(", ", outdated)}",
        }),
        Table(["PENDING", "INSTALLED", "CANDIDATE", "SECURITY", "SEVERITY", "STATE"], (report.Pending ?? []).Select(Pending)),
        Table(["CHANGED", "FROM", "TO"], report.Changed.Select(change => (string[])[change.Name, Dash(change.From), Dash(change.To)])));

    private static string Host(HostFacts host) =>
        $"{host.OsImage} ({host.OsFamily}, {host.Architecture}, {host.PackageManager}), kernel {host.KernelVersion}";

    private static string Line(string name, string text) => $"{name + ":",-13}{text}\n";

    private static string[] Pending(PendingUpdate update) =>
    [
        update.Name, Dash(update.Installed), update.Candidate, update.Security ? "yes" : "no", update.Severity?.ToString() ?? "-",
        update.Held ? "on hold" : update.Blocked is { } why ? $"blocked: {why}{Removes(update)}" : "installable",
    ];

    private static string Removes(PendingUpdate update) =>
        update.Removes is { } names ? $" (to be had with{string.Concat(names.Select(name => $" --allow-removal {name}"))})" : "";

    private static string Dash(string text) => text.Length == 0 ? "-" : text;

    private static string Table(string[] head, IEnumerable<string[]> rows)
    {
        List<string[]> all = [head, .. rows];
        if (all.Count == 1)
            return "";
        var widths = head.Select((_, column) => all.Max(row => row[column].Length)).ToArray();
        return "\n" + string.Concat(all.Select(row => string.Join("   ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd() + "\n"));
    }
}
