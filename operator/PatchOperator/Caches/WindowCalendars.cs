using System.Collections.Concurrent;
using PatchOperator.Api;
using PatchOperator.Engine.Policies;
using PatchOperator.Engine.Windows;

namespace PatchOperator.Caches;

/// <summary>The calendars of the cached PatchWindows, parsed once per spec.</summary>
internal sealed class WindowCalendars(ClusterCache cache)
{
    private readonly ConcurrentDictionary<string, (PatchWindowSpec Spec, WindowCalendar? Calendar)> parsed = new();

    /// <summary>By name; null for a window whose spec is invalid.</summary>
    public IReadOnlyDictionary<string, WindowCalendar?> All => cache.Windows.Items.ToDictionary(window => window.Metadata.Name, Of);

    /// <summary>The states of those of <paramref name="names"/> that exist and are valid.</summary>
    public IReadOnlyList<NamedWindow> States(IEnumerable<string> names, DateTimeOffset now) =>
    [
        .. names.Select(cache.Windows.Get).OfType<PatchWindow>()
            .Select(window => (window.Metadata.Name, Calendar: Of(window)))
            .Where(window => window.Calendar is not null)
            .Select(window => new NamedWindow(window.Name, window.Calendar!.At(now))),
    ];

    private WindowCalendar? Of(PatchWindow window)
    {
        if (parsed.TryGetValue(window.Metadata.Name, out var known) && ReferenceEquals(known.Spec, window.Spec))
            return known.Calendar;
        var calendar = WindowCalendar.TryCreate(window.Spec, out _);
        parsed[window.Metadata.Name] = (window.Spec, calendar);
        return calendar;
    }
}
