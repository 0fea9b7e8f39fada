using PatchOperator.Api;
using PatchOperator.Engine.Windows;
using PatchOperator.Engine.World;

namespace PatchOperator.Engine.Policies;

/// <summary>Which nodes had their turn in an opening already. Nothing is planned twice in one opening, unless something has changed.</summary>
internal sealed class TurnsOfOpening(PolicyInput input, Opening opening)
{
    private readonly Dictionary<string, HashSet<(string, string)>> tried = input.Runs
        .Where(run => run.Spec.WindowOpenedAt == opening.OpensAt && run.Spec.Policy.Generation == input.Policy.Metadata.Generation)
        .ToDictionary(
            run => run.Metadata.Uid,
            run => input.Plans.GetValueOrDefault(run.Spec.Plan.Name)?.Spec.Updates.Select(update => (update.Name, update.Version)).ToHashSet() ?? []);

    /// <summary>Whether the node has tried all of what it needs; one that has failed is left alone in any case.</summary>
    public bool HadItsTurn(NodeView view) =>
        view.Status!.LastOperation is { } last
        && tried.TryGetValue(last.RunUid, out var updates)
        && last.Result switch
        {
            OperationResult.Failed => true,
            OperationResult.Succeeded => view.Assessment.Approved.All(package => updates.Contains((package.Name, package.Candidate))) && !IsNewReboot(view, last),
            _ => false,
        };

    private static bool IsNewReboot(NodeView view, OperationRecord last) => view.Assessment.RebootDue && view.Status!.RebootRequired!.Since > last.FinishedAt;
}
