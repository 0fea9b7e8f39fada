using PatchOperator.Engine.Calendars;
using PatchOperator.Engine.Plans;
using PatchOperator.Engine.World;

namespace PatchOperator.Engine.Policies;

/// <summary>
/// An opening that takes nodes now. A window with the timing NodeLocal has one for each local date that it is open on: two, where zones are a day apart.
/// </summary>
/// <param name="Window">The window.</param>
/// <param name="Opening">All of the opening.</param>
/// <param name="Day">With the timing NodeLocal its local date; else null.</param>
internal sealed record OpenDay(NamedWindow Window, Opening Opening, string? Day)
{
    /// <summary>Those of a policy's first window that takes nodes, earliest first; none while no window does.</summary>
    public static IReadOnlyList<OpenDay> Of(PolicyInput input) => input.Windows.FirstOrDefault(window => window.State.AcceptsNodes) switch
    {
        null => [],
        { Local: { } local } window =>
        [
            .. local.Lasting.Where(opening => local.Zones.Values.Any(state => state.AcceptsNodes && state.Day == opening.Day))
                .Select(opening => new OpenDay(window, opening.Opening, opening.Day)),
        ],
        var window => [new OpenDay(window, window.State.Current!.Value, null)],
    };

    /// <summary>Who had their turn in it.</summary>
    public TurnsOfOpening Turns(PolicyInput input) => new(input.Runs, input.Reference.Generation, Opening.OpensAt, Day);

    /// <summary>Whether a node may begin in it now.</summary>
    public bool Takes(NodeView view) => Day is null || (Window.For(view.Node.Place) is { AcceptsNodes: true } state && state.Day == Day);
}
