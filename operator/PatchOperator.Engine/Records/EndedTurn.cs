using PatchOperator.Api;

namespace PatchOperator.Engine.Records;

/// <summary>A node of a run whose turn is over, or that is gone.</summary>
/// <param name="Node">The node.</param>
/// <param name="Patch">What is still known of it; null when nothing is.</param>
internal sealed record EndedTurn(RunNode Node, NodePatch? Patch)
{
    /// <summary>When it ended, in UTC; null where that is not known.</summary>
    public DateTimeOffset? At => Patch?.Status.LastOperation?.FinishedAt;
}
