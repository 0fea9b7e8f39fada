namespace PatchOperator.Api;

/// <summary>Why a turn is undone on its node, and how far that has come.</summary>
public sealed record RollbackRecord
{
    /// <summary>The step that failed.</summary>
    public OperationStep Step { get; init; }

    /// <summary>Why it failed: a reason of the operator or of the agent.</summary>
    public string Reason { get; init; } = "";

    public string Message { get; init; } = "";

    public DateTimeOffset StartedAt { get; init; }

    /// <summary>When all was as it had been before, in the boot of then.</summary>
    public DateTimeOffset? DoneAt { get; init; }

    /// <summary>What was changed to bring it back, at most a hundred packages.</summary>
    public List<ChangedPackage> Changed { get; init; } = [];
}
