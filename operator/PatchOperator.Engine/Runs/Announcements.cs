using PatchOperator.Engine.Decisions;
using PatchOperator.Engine.Drains;
using PatchOperator.Engine.Effects;
using PatchOperator.Engine.Facts;
using PatchOperator.Engine.World;

namespace PatchOperator.Engine.Runs;

/// <summary>
/// Which nodes are tainted as those that come next, so that pods which have to leave others do not land where they would soon have to leave again. A node that
/// has its turn keeps the taint until that ends: see <see cref="Uncordon"/>.
/// </summary>
internal static class Announcements
{
    /// <summary>What is to be done, where nodes may be admitted.</summary>
    /// <param name="run">The run.</param>
    /// <param name="admission">Who has been admitted just now.</param>
    public static IEnumerable<Effect> Of(RunState run, Admission admission)
    {
        var next = Blockers.MayDrain(run.Input.Settings)
            ? Admissions.Next(run, admission).Take(run.Budget).ToDictionary(view => view.Node.Name)
            : [];
        var admitted = admission.Admitted.Select(operation => operation.Node).ToHashSet();
        return
        [
            .. Ended(run, view => next.ContainsKey(view.Node.Name) || admitted.Contains(view.Node.Name)),
            .. next.Values
                .Where(view => view.Node is { AnnouncedBy: null, Unschedulable: false })
                .Select(view => new Announce(Key(view), run.Run.Metadata.Name)),
        ];
    }

    /// <summary>The same where none may be: nobody comes next.</summary>
    public static IEnumerable<Effect> None(RunState run) => Ended(run, _ => false);

    private static IEnumerable<Effect> Ended(RunState run, Func<NodeView, bool> stays) => run.Input.Announced()
        .Where(view => !view.HoldsSlot && !stays(view))
        .OrderBy(view => view.Node.Name, StringComparer.Ordinal)
        .Select(view => new Unannounce(Key(view)));

    private static NodeKey Key(NodeView view) => new(view.Node.Name, view.Node.Uid);
}
