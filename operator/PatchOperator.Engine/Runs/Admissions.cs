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
        foreach (var view in run.Nodes.Pending.Where(view => view is { Node: { Ready: true, Leaving: false }, HoldsSlot: false, Patch: not null }))
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
        var away = run.Input.Members.Members.Values.Where(view => view.IsUnavailable).Select(Describe).Take(5).ToList();
        return away.Count == 0
            ? $"the cluster-wide budget of {run.Input.FleetBudget} unavailable nodes is used up"
            : $"no slot is free: maxUnavailable is {run.Budget} and these are unavailable: {string.Join(", ", away)}";
    }

    private static bool HasRoomFor(RunState run, int inFlight) => inFlight < run.Budget && run.Input.FleetUnavailable <= run.Input.FleetBudget;

    private static string Describe(NodeView view) => $"{view.Node.Name} ({(view.HoldsSlot ? "in an operation" : !view.Node.Ready ? "not Ready" : "cordoned")})";

    private static NodeOperation Operation(RunState run, NodeView view)
    {
        var status = view.Status!;
        var pending = status.Pending.Where(package => !package.Held).Select(package => package.Name).ToHashSet();
        var plan = run.Input.Plan!.Spec;
        return new NodeOperation
        {
            Run = run.Run.Metadata.Name,
            RunUid = run.Run.Metadata.Uid,
            Updates =
            [
                .. plan.Updates
                    .Where(update => update.OsFamily == status.Node?.OsFamily && pending.Contains(update.Name))
                    .Select(update => new NodeUpdate { Name = update.Name, Version = update.Version }),
            ],
            Settings = plan.Settings,
        };
    }
}
