using System.Text.Json.Serialization;

namespace PatchOperator.Api;

/// <summary>What became of one node in a run.</summary>
public sealed record RecordedNode
{
    /// <summary>The node's name.</summary>
    public string Name { get; init; } = "";

    /// <summary>The node's UID.</summary>
    public string Uid { get; init; } = "";

    /// <summary>The wave that it belonged to; absent where the plan has none.</summary>
    public string? Wave { get; init; }

    /// <summary>How its turn ended.</summary>
    public RecordedResult Result { get; init; }

    /// <summary>The step that failed, or that the turn ended before; absent unless there is one.</summary>
    public OperationStep? Step { get; init; }

    /// <summary>Why, as one word; absent where it succeeded.</summary>
    public string? Reason { get; init; }

    /// <summary>Why, in words; absent where it succeeded.</summary>
    public string? Message { get; init; }

    /// <summary>When its turn began; absent where that is not known, like those that follow.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When its updates were downloaded; absent where they were as they were installed.</summary>
    public DateTimeOffset? StagedAt { get; init; }

    /// <summary>When it was free of pods; absent where it was not drained.</summary>
    public DateTimeOffset? DrainedAt { get; init; }

    /// <summary>How many pods were deleted without eviction, past their PodDisruptionBudgets; absent where none was.</summary>
    public int? Forced { get; init; }

    /// <summary>When its updates were installed.</summary>
    public DateTimeOffset? PatchedAt { get; init; }

    /// <summary>When it was back from its reboot; absent where it was not rebooted.</summary>
    public DateTimeOffset? RebootedAt { get; init; }

    /// <summary>When its turn ended.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Its boot ID when the turn began.</summary>
    [JsonPropertyName("bootIDBefore")]
    public string? BootIdBefore { get; init; }

    /// <summary>Its boot ID when the turn ended.</summary>
    [JsonPropertyName("bootIDAfter")]
    public string? BootIdAfter { get; init; }

    /// <summary>How often the step that was tried most often was tried.</summary>
    public int? Attempts { get; init; }

    /// <summary>What was changed on it: a position in <see cref="PatchRecordSpec.Changes"/>, from 0; absent where nothing is known of it.</summary>
    public int? Change { get; init; }
}
