using System.Text.Json;
using System.Text.Json.Serialization;

namespace PatchOperator.Connecting;

/// <summary>
/// Reads strings so that equal ones are one: thousands of nodes have the same labels, and the same packages pending. What is kept is one
/// string for each slot of a table, the newest, so that it neither grows nor holds on to much.
/// </summary>
internal sealed class PooledStrings : JsonConverter<string>
{
    // Longer ones are rarely said twice.
    private const int LongestBytes = 96;
    private const int Slots = 1 << 13;

    private readonly string?[] pool = new string?[Slots];

    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Read(ref reader);

    public override string ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Read(ref reader)!;

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);

    public override void WriteAsPropertyName(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WritePropertyName(value);

    // Races lose a sharing, never a string.
    private string? Read(ref Utf8JsonReader reader)
    {
        var length = reader.HasValueSequence ? reader.ValueSequence.Length : reader.ValueSpan.Length;
        if (length > LongestBytes || reader.TokenType == JsonTokenType.Null)
            return reader.GetString();
        Span<char> characters = stackalloc char[LongestBytes];
        characters = characters[..reader.CopyString(characters)];
        ref var slot = ref pool[(uint)string.GetHashCode(characters) % Slots];
        if (slot is { } known && characters.SequenceEqual(known))
            return known;
        return slot = new string(characters);
    }
}
