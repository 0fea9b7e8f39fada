using PatchOperator.Api;

namespace PatchOperator.Engine.Nodes;

/// <summary>What is taken down of a node when its turn begins, and when it ends.</summary>
internal static class TurnRecord
{
    /// <summary>That of a turn which begins now.</summary>
    public static OperationRecord Begin(NodeInput input, NodeOperation operation) => new()
    {
        Run = operation.Run,
        RunUid = operation.RunUid,
        Result = OperationResult.InProgress,
        StartedAt = input.Now,
        BootIdBefore = input.Node!.BootId,
        PatchLevelBefore = input.Status.LastScan?.PatchLevel,
    };

    /// <summary>The same, as the turn ends now. What was found out before it began says nothing of what it has left.</summary>
    public static OperationRecord End(NodeInput input, OperationRecord record) => record with
    {
        FinishedAt = input.Now,
        BootIdAfter = input.Node!.BootId,
        PatchLevelAfter = input.Status.LastScan is { } scan && scan.Time >= record.StartedAt ? scan.PatchLevel : null,
    };
}
