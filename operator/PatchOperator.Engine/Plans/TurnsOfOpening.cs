using PatchOperator.Api;
using PatchOperator.Engine.World;

namespace PatchOperator.Engine.Plans;

/// <summary>Which nodes had their turn in an opening already. Nothing is planned twice in one opening, unless something has changed.</summary>
/// <param name="all">The policy's runs.</param>
/// <param name="generation">The policy's generation: an edit of it is a change.</param>
/// <param name="openedAt">When the opening began.</param>
/// <param name="day">With the timing NodeLocal its local date, which is the same in all zones; else null.</param>
internal sealed class TurnsOfOpening(IEnumerable<PatchRun> all, long generation, DateTimeOffset openedAt, string? day = null)
{
    private readonly PatchRun[] runs = [.. all.Where(run => run.Spec.Policy.Generation == generation)];

    /// <summary>The run of it that a person has cancelled in this opening; null where there is none.</summary>
    public PatchRun? Cancelled => runs.Where(run => run.Spec.Trigger == RunTrigger.Window).FirstOrDefault(
        run => run.Status.CancelledAt >= openedAt || (day is not null && run.Spec.WindowDay == day && run.Status.CancelledAt is not null));

    /// <summary>Whether the node has tried all of what it needs; one that has failed is left alone in any case.</summary>
    public bool HadItsTurn(NodeView view) =>
        view.Status!.LastOperation is { } last
        && runs.Any(run => run.Metadata.Uid == last.RunUid && (run.Spec.Window is null ? last.StartedAt >= openedAt : IsOfIt(run.Spec)))
        && last.Result switch
        {
            OperationResult.Failed or OperationResult.Skipped => true,
            // What was taken back is for another opening, or for an edit.
            OperationResult.Succeeded when view.Spec?.Operation is { Undoes: not null } => true,
            OperationResult.Succeeded => view.Assessment.Approved.All(package => Tried(view, last, package)) && !IsNewReboot(view, last),
            _ => false,
        };

    private bool IsOfIt(PatchRunSpec run) => day is null ? run.WindowOpenedAt == openedAt : run.WindowDay == day;

    // What was asked of a node stays with it after its turn.
    private static bool Tried(NodeView view, OperationRecord last, PendingPackage package) =>
        view.Spec!.Operation is { } operation
        && operation.RunUid == last.RunUid
        && operation.Updates.Any(update => update.Name == package.Name && update.Version == package.Candidate);

    private static bool IsNewReboot(NodeView view, OperationRecord last) => view.Assessment.RebootDue && view.Status!.RebootRequired!.Since > last.FinishedAt;
}
