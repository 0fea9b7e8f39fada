using System.Text.Json.Serialization;

namespace PatchOperator.Api;

public sealed record PolicyReference
{
    public string Name { get; init; } = "";

    [JsonPropertyName("uid")]
    public string Uid { get; init; } = "";

    public long Generation { get; init; }
}
