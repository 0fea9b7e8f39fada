using System.Text.Json.Serialization;

namespace PatchOperator.Api;

/// <summary>The operation under way on a node or, if none is, the last one: when each of its steps was done, and how it ended.</summary>
public sealed record OperationRecord
{
    public string Run { get; init; } = "";

    [JsonPropertyName("runUID")]
    public string RunUid { get; init; } = "";

    public OperationResult Result { get; init; }

    /// <summary>The step that failed, or that the turn ended before; absent unless there is one.</summary>
    public OperationStep? Step { get; init; }

    public string? Reason { get; init; }

    public string? Message { get; init; }

    public DateTimeOffset StartedAt { get; init; }

    /// <summary>The rollback of what the operation has changed; absent unless it failed and its policy asks for one.</summary>
    public RollbackRecord? Rollback { get; init; }

    /// <summary>What is kept for a rollback; absent where nothing was asked to be.</summary>
    public KeptPackages? Kept { get; init; }

    /// <summary>When its updates were downloaded; absent where they are as they are installed.</summary>
    public DateTimeOffset? StagedAt { get; init; }

    public DateTimeOffset? DrainedAt { get; init; }

    /// <summary>How many pods were deleted without eviction, past their PodDisruptionBudgets; absent where none was.</summary>
    public int? Forced { get; init; }

    public DateTimeOffset? PatchedAt { get; init; }

    public DateTimeOffset? RebootedAt { get; init; }

    /// <summary>When nothing approved was missing any more, and the node had settled.</summary>
    public DateTimeOffset? VerifiedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>The hooks that went well, as steps; absent where none has.</summary>
    public List<OperationStep>? Hooks { get; init; }

    /// <summary>How often the step that was tried most often was tried: its Jobs, from 1; 0 before the first.</summary>
    public int Attempts { get; init; }

    /// <summary>The node's boot ID when the operation began.</summary>
    [JsonPropertyName("bootIDBefore")]
    public string? BootIdBefore { get; init; }

    /// <summary>The node's boot ID when the operation ended.</summary>
    [JsonPropertyName("bootIDAfter")]
    public string? BootIdAfter { get; init; }

    /// <summary>The patch level when the operation began; absent where it was not known.</summary>
    public string? PatchLevelBefore { get; init; }

    /// <summary>The patch level when the operation ended; absent where it was not found out.</summary>
    public string? PatchLevelAfter { get; init; }

    /// <summary>What was changed on the node, at most a hundred packages.</summary>
    public List<ChangedPackage> Changed { get; init; } = [];

    /// <summary>The services that were restarted, as they ran code that was replaced; absent where none was.</summary>
    public List<string>? Restarted { get; init; }

    /// <summary>What of it was installed at another version than planned, at most a hundred packages.</summary>
    public List<SubstitutedVersion> Substituted { get; init; } = [];
}
