using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using k8s.Models;

namespace PatchOperator.Sdk.Json;

/// <summary>Writes digits as a number, everything else as text.</summary>
internal sealed class IntOrStringConverter : JsonConverter<IntOrString>
{
    public override IntOrString Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.String => reader.GetString(),
        JsonTokenType.Number => reader.GetInt64(),
        _ => throw new JsonException($"expected a number or text, found {reader.TokenType}"),
    };

    public override void Write(Utf8JsonWriter writer, IntOrString value, JsonSerializerOptions options)
    {
        if (long.TryParse(value.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            writer.WriteNumberValue(number);
        else
            writer.WriteStringValue(value.Value);
    }
}

/// <summary>Reads text or a bare number, writes text as it was read.</summary>
internal sealed class ResourceQuantityConverter : JsonConverter<ResourceQuantity>
{
    public override ResourceQuantity Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Number
            ? reader.GetDecimal().ToString(CultureInfo.InvariantCulture)
            : reader.GetString();

    public override void Write(Utf8JsonWriter writer, ResourceQuantity value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}

/// <summary>Writes the content of a patch in its place; patches are never read.</summary>
internal sealed class PatchConverter : JsonConverter<V1Patch>
{
    public override V1Patch Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("a patch is only ever sent");

    public override void Write(Utf8JsonWriter writer, V1Patch value, JsonSerializerOptions options)
    {
        if (value.Content is string json)
            writer.WriteRawValue(json);
        else
            JsonSerializer.Serialize(writer, value.Content, value.Content.GetType(), options);
    }
}

/// <summary>
/// A delete answers a Status, or, while finalizers or dependents hold the object back, the object itself, whose <c>status</c> is no
/// text. Then the caller gets a Status that says nothing but which kind came back.
/// </summary>
internal sealed class StatusConverter : JsonConverter<V1Status>
{
    public override V1Status? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        var root = document.RootElement;
        var kind = root.ValueKind == JsonValueKind.Object && root.TryGetProperty("kind", out var value) ? value.GetString() : null;
        return kind is null or V1Status.KubeKind
            ? root.Deserialize<V1Status>(k8s.KubernetesJson.StatusOptions)
            : new V1Status { Kind = kind };
    }

    public override void Write(Utf8JsonWriter writer, V1Status value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, value, k8s.KubernetesJson.StatusOptions);
}
