using PatchOperator.Api;
using PatchOperator.Engine.Calendars;
using PatchOperator.Engine.World;

namespace PatchOperator.Engine.Policies;

/// <summary>Which nodes had their turn in an opening already. Nothing is planned twice in one opening, unless something has changed.</summary>
internal sealed class TurnsOfOpening(PolicyInput input, Opening opening)
{
    private readonly HashSet<string> runs =
    [
        .. input.Runs
            .Where(run => run.Spec.WindowOpenedAt == opening.OpensAt && run.Spec.Policy.Generation == input.Policy.Metadata.Generation)
            .Select(run => run.Metadata.Uid),
    ];

    /// <summary>Whether the node has tried all of what it needs; one that has failed is left alone in any case.</summary>
    public bool HadItsTurn(NodeView view) =>
        view.Status!.LastOperation is { } last
        && runs.Contains(last.RunUid)
        && last.Result switch
        {
            OperationResult.Failed => true,
            OperationResult.Succeeded => view.Assessment.Approved.All(package => Tried(view, last, package)) && !IsNewReboot(view, last),
            _ => false,
        };

    // What was asked of a node stays with it after its turn.
    private static bool Tried(NodeView view, OperationRecord last, PendingPackage package) =>
        view.Spec!.Operation is { } operation
        && operation.RunUid == last.RunUid
        && operation.Updates.Any(update => update.Name == package.Name && update.Version == package.Candidate);

    private static bool IsNewReboot(NodeView view, OperationRecord last) => view.Assessment.RebootDue && view.Status!.RebootRequired!.Since > last.FinishedAt;
}
