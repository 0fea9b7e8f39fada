using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace PatchOperator.Engine.Specs;

/// <summary>
/// Objects in the one form that everybody can write: JSON as it is stored, with sorted names and without white space, such as RFC 8785 has it.
/// </summary>
public static class CanonicalJson
{
    private static readonly JsonSerializerOptions AsStored = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new WholeSeconds() },
    };

    /// <summary>The canonical form. Numbers are as they are stored: there are none but whole ones.</summary>
    public static string Of(object value)
    {
        var json = new StringBuilder();
        Write(json, JsonSerializer.SerializeToNode(value, value.GetType(), AsStored));
        return json.ToString();
    }

    /// <summary><c>sha256:</c> and the hash, in hexadecimal, of the canonical form.</summary>
    public static string Digest(object value) => $"sha256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Of(value))))}";

    private static void Write(StringBuilder json, JsonNode? node)
    {
        switch (node)
        {
            case JsonObject members:
                json.Append('{');
                foreach (var (name, value) in members.OrderBy(member => member.Key, StringComparer.Ordinal))
                {
                    Separate(json);
                    Quote(json, name);
                    json.Append(':');
                    Write(json, value);
                }

                json.Append('}');
                break;
            case JsonArray items:
                json.Append('[');
                foreach (var item in items)
                {
                    Separate(json);
                    Write(json, item);
                }

                json.Append(']');
                break;
            case not null when node.GetValueKind() == JsonValueKind.String:
                Quote(json, node.GetValue<string>());
                break;
            default:
                json.Append(node?.ToJsonString() ?? "null");
                break;
        }
    }

    private static void Separate(StringBuilder json)
    {
        if (json[^1] is not ('{' or '['))
            json.Append(',');
    }

    // No writer of .NET does it: each has escapes of its own, for what lies outside the basic plane above all.
    private static void Quote(StringBuilder json, string text)
    {
        json.Append('"');
        foreach (var character in text)
        {
            _ = character switch
            {
                '"' => json.Append("\\\""),
                '\\' => json.Append("\\\\"),
                '\b' => json.Append("\\b"),
                '\t' => json.Append("\\t"),
                '\n' => json.Append("\\n"),
                '\f' => json.Append("\\f"),
                '\r' => json.Append("\\r"),
                < ' ' => json.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}"),
                _ => json.Append(character),
            };
        }

        json.Append('"');
    }
}
