using System.Globalization;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace PatchOperator.Testing;

/// <summary>YAML as JSON with its keys in order, so that what is equal looks equal.</summary>
public static class Yaml
{
    public static IEnumerable<JsonObject> Documents(string text) => Load(text).Select(node => ToJson(node)).OfType<JsonObject>();

    /// <summary>The values that a comment of their own describes: whatever is not a mapping over several lines.</summary>
    public static IEnumerable<(string Path, JsonNode? Value)> Leaves(string text) => Leaves(Load(text).Single(), "");

    private static IEnumerable<(string Path, JsonNode? Value)> Leaves(YamlNode node, string path) =>
        node is YamlMappingNode { Style: MappingStyle.Block } mapping
            ? mapping.SelectMany(pair => Leaves(pair.Value, path.Length == 0 ? Name(pair.Key) : $"{path}.{Name(pair.Key)}"))
            : [(path, ToJson(node))];

    private static IEnumerable<YamlNode> Load(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return stream.Documents.Select(document => document.RootNode);
    }

    private static JsonNode? ToJson(YamlNode node) => node switch
    {
        YamlMappingNode mapping =>
            new JsonObject(mapping.Select(pair => KeyValuePair.Create(Name(pair.Key), ToJson(pair.Value))).OrderBy(pair => pair.Key, StringComparer.Ordinal)),
        YamlSequenceNode sequence => new JsonArray([.. sequence.Select(ToJson)]),
        YamlScalarNode { Style: ScalarStyle.Plain } scalar => Plain(scalar.Value ?? ""),
        _ => JsonValue.Create(Name(node)),
    };

    private static JsonValue? Plain(string text) => text switch
    {
        "" or "null" or "~" => null,
        "true" => JsonValue.Create(true),
        "false" => JsonValue.Create(false),
        _ => decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var number) ? JsonValue.Create(number) : JsonValue.Create(text),
    };

    private static string Name(YamlNode node) => ((YamlScalarNode)node).Value!;
}
