using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace PatchOperator.Engine.Specs;

/// <summary>Times as Kubernetes keeps them: in UTC and whole seconds, such as <c>2026-03-02T22:00:05Z</c>.</summary>
internal sealed class WholeSeconds : JsonConverter<DateTimeOffset>
{
    /// <inheritdoc/>
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTimeOffset();

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
}
