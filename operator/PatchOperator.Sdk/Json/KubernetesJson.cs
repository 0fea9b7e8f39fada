#nullable disable // as the package: no annotations

using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using PatchOperator.Sdk.Json;

namespace k8s;

/// <summary>JSON as the API server reads and writes it: camel case, nulls left out, RFC 3339 times, enums by name.</summary>
public static class KubernetesJson
{
    private static readonly JsonSerializerOptions Options = Create(withStatus: true);

    /// <summary>As <see cref="Options"/>, for use inside the Status converter itself.</summary>
    internal static JsonSerializerOptions StatusOptions { get; } = Create(withStatus: false);

    /// <summary>Changes the options for the whole process; only before they are first used.</summary>
    public static void AddJsonOptions(Action<JsonSerializerOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        configure(Options);
    }

    /// <summary>Reads JSON text; throws <see cref="JsonException"/> when it does not fit.</summary>
    public static TValue Deserialize<TValue>(string json, JsonSerializerOptions jsonSerializerOptions = null) =>
        JsonSerializer.Deserialize<TValue>(json, jsonSerializerOptions ?? Options);

    /// <summary>Reads JSON to the end of a stream; throws <see cref="JsonException"/> when it does not fit.</summary>
    public static TValue Deserialize<TValue>(Stream json, JsonSerializerOptions jsonSerializerOptions = null) =>
        JsonSerializer.Deserialize<TValue>(json, jsonSerializerOptions ?? Options);

    /// <summary>Writes an object by its own class.</summary>
    public static string Serialize(object value, JsonSerializerOptions jsonSerializerOptions = null)
    {
        ArgumentNullException.ThrowIfNull(value);
        return JsonSerializer.Serialize(value, value.GetType(), jsonSerializerOptions ?? Options);
    }

    internal static TValue Deserialize<TValue>(ReadOnlySpan<byte> utf8Json) => JsonSerializer.Deserialize<TValue>(utf8Json, Options);

    internal static ValueTask<TValue> DeserializeAsync<TValue>(Stream utf8Json, CancellationToken cancellationToken) =>
        JsonSerializer.DeserializeAsync<TValue>(utf8Json, Options, cancellationToken);

    internal static byte[] SerializeToUtf8(object value) => JsonSerializer.SerializeToUtf8Bytes(value, value.GetType(), Options);

    private static JsonSerializerOptions Create(bool withStatus)
    {
        var options = new JsonSerializerOptions
        {
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            TypeInfoResolver = JsonTypeInfoResolver
                .Combine(ModelJsonContext.Default, new DefaultJsonTypeInfoResolver())
                .WithAddedModifier(ModelContract.Relax),
        };
        options.Converters.Add(new JsonStringEnumConverter());
        options.Converters.Add(new Iso8601TimeSpanConverter());
        options.Converters.Add(new DateTimeConverter());
        options.Converters.Add(new DateTimeOffsetConverter());
        if (withStatus)
            options.Converters.Add(new StatusConverter());
        return options;
    }
}
