using PatchOperator.Api;
using PatchOperator.Engine.Effects;
using PatchOperator.Engine.World;

namespace PatchOperator.Engine.Runs;

/// <summary>Which nodes are admitted next, once every gate is open.</summary>
internal static class Admissions
{
    /// <summary>The reservations to write. A node that is unavailable already costs nothing more; but one that is not Ready cannot run a Job.</summary>
    public static IReadOnlyList<SetOperation> Of(RunState run)
    {
        var (free, admitted) = (run.Free, new List<SetOperation>());
        foreach (
            var view in run.Nodes.Pending.Where(view => view is
            {
                Node: { Ready: true, Leaving: false }, HoldsSlot: false,
                Patch.Metadata.DeletionTimestamp: null
            }))
        {
            if (!view.IsUnavailable && free <= 0)
                continue;
            // Even a node that somebody else has cordoned takes its slot, or a cordoned fleet would be patched all at once.
            if (view.IsUnavailable && !HasRoomFor(run, admitted.Count + run.InFlight))
                continue;
            if (!view.IsUnavailable)
                free--;
            admitted.Add(new SetOperation(view.Node.Name, Operation(run, view)));
        }

        return admitted;
    }

    /// <summary>Why none is admitted, in words.</summary>
    public static string Blocked(RunState run)
    {
        if (run.Free > 0)
            return $"{run.Nodes.Pending.Count} nodes cannot begin yet: {List(run.Nodes.Pending)}";
        return run.Budget > run.Input.Members.Unavailable
            ? $"the cluster-wide budget of {run.Input.FleetBudget} unavailable nodes is used up"
            : $"no slot is free: maxUnavailable is {run.Budget} and these are unavailable: "
                + $"{List(run.Input.Members.Members.Values.Where(view => view.IsUnavailable))}";
    }

    private static bool HasRoomFor(RunState run, int inFlight) => inFlight < run.Budget && run.Input.FleetUnavailable <= run.Input.FleetBudget;

    private static string List(IEnumerable<NodeView> nodes) => string.Join(", ", nodes.Take(5).Select(view => $"{view.Node.Name} ({Describe(view)})"));

    private static string Describe(NodeView view) => view switch
    {
        { HoldsSlot: true } => "in an operation",
        { Node.Ready: false } => "not Ready",
        { Node.Unschedulable: true } => "cordoned",
        _ => "its NodePatch is being made anew",
    };

    private static NodeOperation Operation(RunState run, NodeView view) => new()
    {
        Run = run.Run.Metadata.Name,
        RunUid = run.Run.Metadata.Uid,
        Updates = [.. run.Nodes.Updates.For(view)],
        Settings = run.Input.Settings,
    };
}
