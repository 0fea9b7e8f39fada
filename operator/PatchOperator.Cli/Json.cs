using System.Text.Encodings.Web;
using System.Text.Json;

namespace PatchOperator.Cli;

/// <summary>What commands print with --output json.</summary>
internal static class Json
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The text, with a line's end.</summary>
    public static string Of<T>(T value) => JsonSerializer.Serialize(value, Options) + "\n";
}
