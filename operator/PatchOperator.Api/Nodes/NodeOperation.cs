using System.Text.Json.Serialization;

namespace PatchOperator.Api;

/// <summary>What a run asks of a node: the node's slot in the run's budget. It stays as it is while the same run asks.</summary>
public sealed record NodeOperation
{
    public string Run { get; init; } = "";

    [JsonPropertyName("runUID")]
    public string RunUid { get; init; } = "";

    /// <summary>The run whose changes to the node are taken back; absent where it is patched.</summary>
    public RunReference? Undoes { get; init; }

    /// <summary>The approved updates for this node, with exact versions.</summary>
    public List<NodeUpdate> Updates { get; init; } = [];

    public RunSettings Settings { get; init; } = new();
}
