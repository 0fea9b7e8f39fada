using System.Text.Json.Serialization;

namespace PatchOperator.Api;

/// <summary>The operation under way on a node or, if none is, the last one: when each of its steps was done, and how it ended.</summary>
public sealed record OperationRecord
{
    public string Run { get; init; } = "";

    [JsonPropertyName("runUID")]
    public string RunUid { get; init; } = "";

    public OperationResult Result { get; init; }

    /// <summary>The step that failed; absent unless one did.</summary>
    public OperationStep? Step { get; init; }

    public string? Reason { get; init; }

    public string? Message { get; init; }

    public DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? DrainedAt { get; init; }

    public DateTimeOffset? PatchedAt { get; init; }

    public DateTimeOffset? RebootedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>What was changed on the node, at most a hundred packages.</summary>
    public List<ChangedPackage> Changed { get; init; } = [];
}
