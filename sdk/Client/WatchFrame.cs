using System.Text.Json;
using k8s;
using k8s.Models;

namespace KubeOps.KubernetesClient;

/// <summary>One line of a watch: <c>{"type":"ADDED","object":{…}}</c>.</summary>
internal static class WatchFrame
{
    /// <summary>
    /// Reads one line; throws <see cref="KubernetesException"/> for an error event and <see cref="JsonException"/> for anything else
    /// that is not an event.
    /// </summary>
    internal static (WatchEventType Type, T Object) Read<T>(ReadOnlySpan<byte> line, JsonSerializerOptions json)
    {
        var name = Split(line, out var content);
        if (!Enum.TryParse<WatchEventType>(name, ignoreCase: true, out var type) || content.IsEmpty)
            throw new JsonException($"not a watch event: type '{name}'");

        return type == WatchEventType.Error
            ? throw new KubernetesException(JsonSerializer.Deserialize<V1Status>(content, json)!)
            : (type, JsonSerializer.Deserialize<T>(content, json)!);
    }

    /// <summary>The type, and the object unread, in one pass.</summary>
    private static string? Split(ReadOnlySpan<byte> line, out ReadOnlySpan<byte> content)
    {
        string? type = null;
        content = default;
        var reader = new Utf8JsonReader(line);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isType = reader.ValueTextEquals("type");
            var isObject = reader.ValueTextEquals("object");
            reader.Read();
            if (isType)
                type = reader.GetString();
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            if (isObject)
                content = line[start..(int)reader.BytesConsumed];
        }

        return type;
    }
}
