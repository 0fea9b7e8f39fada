using System.Text.Json.Serialization;

namespace PatchOperator.Api;

public sealed record NodeOperation
{
    public string Run { get; init; } = "";

    [JsonPropertyName("runUID")]
    public string RunUid { get; init; } = "";

    /// <summary>The approved updates for this node, with exact versions.</summary>
    public List<NodeUpdate> Updates { get; init; } = [];

    public RunSettings Settings { get; init; } = new();
}
