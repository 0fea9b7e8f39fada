using System.Net;
using System.Text.Json;

namespace PatchOperator.Testing.Audit;

/// <summary>The requests of one user, from the audit log at level Metadata.</summary>
public static class AuditLog
{
    /// <summary>In the order in which they came in; without watches that go on.</summary>
    /// <param name="folder">With audit.log, and what the API server has put aside of it.</param>
    /// <param name="user">Whose requests.</param>
    public static List<AuditEntry> Read(string folder, string user) =>
        [
            .. Directory
                .GetFiles(folder, "audit*.log")
                .SelectMany(File.ReadLines)
                .Select(line => Parse(line, user))
                .OfType<AuditEntry>()
                .OrderBy(entry => entry.At),
        ];

    private static AuditEntry? Parse(string line, string user)
    {
        // The last line may be half written.
        if (!line.EndsWith('}'))
            return null;
        using var json = JsonDocument.Parse(line);
        var entry = json.RootElement;
        // Once for each request. A watch is complete when it has ended.
        if (Text(entry, "stage") != "ResponseComplete"
            || Text(entry.GetProperty("user"), "username") != user
            || !entry.TryGetProperty("objectRef", out var about))
            return null;
        var subresource = Text(about, "subresource");
        return new AuditEntry(
            entry.GetProperty("requestReceivedTimestamp").GetDateTimeOffset(),
            Text(entry, "verb"),
            Text(about, "resource") + (subresource.Length > 0 ? $"/{subresource}" : ""),
            entry.TryGetProperty("responseStatus", out var status) && status.TryGetProperty("code", out var code) ? code.GetInt32() : 0,
            IPAddress.Parse(entry.GetProperty("sourceIPs")[0].GetString()!));
    }

    private static string Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";
}
