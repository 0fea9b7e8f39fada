using PatchOperator.Api;
using PatchOperator.Engine.Calendars;
using PatchOperator.Engine.World;

namespace PatchOperator.Cli.Windows;

/// <summary>The openings of all windows, in each zone that nodes go by.</summary>
/// <param name="cluster">The windows and the nodes.</param>
/// <param name="nodes">The nodes; null where none are known, and then the zones are those that the window itself names.</param>
internal sealed class WindowRows(Snapshot cluster, IReadOnlyList<NodeFacts>? nodes)
{
    /// <summary>What is to be said beside the rows.</summary>
    public List<string> Remarks { get; } = [];

    /// <summary>So many openings of each window in each zone.</summary>
    public IReadOnlyList<WindowRow> From(DateTimeOffset from, int count) =>
    [
        .. cluster.Windows.All.Select(entry => entry.Window).OrderBy(window => window.Metadata.Name, StringComparer.Ordinal)
            .SelectMany(window => Of(window, from, count)),
    ];

    private IEnumerable<WindowRow> Of(PatchWindow window, DateTimeOffset from, int count)
    {
        var (name, calendar) = (window.Metadata.Name, cluster.CalendarOf(window)!);
        if (calendar.Suspended)
            Remarks.Add($"PatchWindow {name} is suspended: it opens once spec.suspend is taken back");
        foreach (var zone in ZonesOf(window, calendar))
        {
            var local = calendar.In(zone);
            var rows = local.Openings(from).Take(count).Select(opening => new WindowRow(name, zone, opening, Note(window, local, opening))).ToList();
            if (rows.Count == 0 && !calendar.Suspended)
                Remarks.Add($"PatchWindow {name} does not open again after {from.UtcDateTime:yyyy-MM-dd HH:mm} UTC in {zone}");
            foreach (var row in rows)
                yield return row;
        }
    }

    private IEnumerable<string> ZonesOf(PatchWindow window, WindowCalendar calendar)
    {
        if (!calendar.IsNodeLocal)
            return [calendar.TimeZone];
        if (nodes is null)
            return window.Spec.ZoneMap.Select(place => TimeZones.Canonical(place.TimeZone)).OfType<string>().Append(calendar.TimeZone).Distinct();
        var zones = nodes.Select(node => (node.Name, Zone: calendar.ZoneOf(node.Place))).ToList();
        Remarks.AddRange(
            zones.Where(node => node.Zone.Problem is not null)
                .Select(node => $"PatchWindow {window.Metadata.Name} never opens for node {node.Name}: {node.Zone.Problem}"));
        return zones.Select(node => node.Zone.Name).OfType<string>().Distinct().Order(StringComparer.Ordinal);
    }

    private static string? Note(PatchWindow window, WindowCalendar calendar, Opening opening)
    {
        var what = window.Spec switch
        {
            { Effect: WindowEffect.Allow } => null,
            { PolicySelector: null } => "blackout: the windows of every policy are closed",
            _ => "blackout: the windows of the policies that it selects are closed",
        };
        var notes = new[] { what, calendar.Note(opening) }.OfType<string>().ToList();
        return notes.Count > 0 ? string.Join("; ", notes) : null;
    }
}
