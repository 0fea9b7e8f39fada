using System.Text.Json;
using PatchOperator.Agent.Run;
using PatchOperator.Contract;

namespace PatchOperator.Agent.Packages.Dnf5;

/// <summary>What dnf 5 prints with <c>--json</c>: a list of objects.</summary>
internal static class Dnf5Json
{
    private const int MaxQuoted = 200;

    /// <summary>Its objects; none where it says nothing at all.</summary>
    /// <exception cref="StepFailureException">PackageManagerFailed: it is something else.</exception>
    public static IReadOnlyList<JsonElement> Read(string output)
    {
        try
        {
            using var document = JsonDocument.Parse(string.IsNullOrWhiteSpace(output) ? "[]" : output);
            return [.. Objects(document.RootElement.Clone())];
        }
        catch (JsonException)
        {
            throw new StepFailureException(
                AgentResult.PackageManagerFailed,
                AgentReasons.PackageManagerFailed,
                $"dnf5 has answered what nobody can read: {(output.Length <= MaxQuoted ? output : output[..MaxQuoted] + "…")}");
        }
    }

    /// <summary>The objects in a list; none where there is no list.</summary>
    public static IEnumerable<JsonElement> Objects(JsonElement list) =>
        list.ValueKind == JsonValueKind.Array ? list.EnumerateArray().Where(entry => entry.ValueKind == JsonValueKind.Object) : [];

    /// <summary>A text, or the first of a list of them; empty where there is none.</summary>
    public static string Text(JsonElement entry, string key) => entry.TryGetProperty(key, out var value) ? Text(value) : "";

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Array => value.EnumerateArray().Select(item => Text(item)).FirstOrDefault(text => text.Length > 0, ""),
        _ => "",
    };
}
