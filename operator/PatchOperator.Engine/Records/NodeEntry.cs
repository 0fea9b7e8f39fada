using PatchOperator.Api;

namespace PatchOperator.Engine.Records;

/// <summary>A node as it is recorded.</summary>
/// <param name="Node">The node; where it has its changes is for the record to say.</param>
/// <param name="Change">What was changed on it; null when nothing is known of it.</param>
internal sealed record NodeEntry(RecordedNode Node, RecordedChange? Change)
{
    /// <param name="run">The run's UID.</param>
    /// <param name="turn">The node, and what is still known of it.</param>
    public static NodeEntry Of(string run, EndedTurn turn)
    {
        var last = turn.Patch?.Status.LastOperation is { } operation && operation.RunUid == run ? operation : null;
        var node = new RecordedNode
        {
            Name = turn.Node.Name,
            Uid = turn.Node.Uid,
            Wave = turn.Node.Wave,
            StartedAt = last?.StartedAt,
            StagedAt = last?.StagedAt,
            DrainedAt = last?.DrainedAt,
            Forced = last?.Forced,
            PatchedAt = last?.PatchedAt,
            RebootedAt = last?.RebootedAt,
            FinishedAt = last?.FinishedAt,
            BootIdBefore = last?.BootIdBefore,
            BootIdAfter = last?.BootIdAfter,
            Attempts = last?.Attempts,
        };
        return new NodeEntry(
            last?.Result switch
            {
                OperationResult.Succeeded => node with { Result = RecordedResult.Succeeded },
                OperationResult.Failed => node with { Result = RecordedResult.Failed, Step = last.Step, Reason = last.Reason, Message = last.Message },
                OperationResult.Skipped => node with { Result = RecordedResult.Skipped, Step = last.Step, Reason = last.Reason, Message = last.Message },
                OperationResult.Cancelled => node with { Result = RecordedResult.Cancelled, Reason = last.Reason, Message = last.Message },
                _ => node with { Result = RecordedResult.Skipped, Reason = Reasons.NodeGone, Message = "the node was gone before its turn had ended" },
            },
            last is null or { PatchLevelBefore: null, PatchLevelAfter: null, Changed.Count: 0 }
                ? null
                : new RecordedChange
                {
                    PatchLevelBefore = last.PatchLevelBefore,
                    PatchLevelAfter = last.PatchLevelAfter,
                    Packages = last.Changed,
                    Substituted = last.Substituted.Count == 0 ? null : last.Substituted,
                });
    }
}
