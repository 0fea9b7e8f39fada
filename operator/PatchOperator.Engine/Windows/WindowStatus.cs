using PatchOperator.Api;
using PatchOperator.Engine.Calendars;

namespace PatchOperator.Engine.Windows;

/// <summary>Computes a window's status.</summary>
public static class WindowStatus
{
    /// <param name="window">The window.</param>
    /// <param name="calendar">Its calendar; null when the spec is invalid.</param>
    /// <param name="errors">What is wrong with the spec.</param>
    /// <param name="now">The time now.</param>
    public static PatchWindowStatus Of(PatchWindow window, WindowCalendar? calendar, IReadOnlyList<SpecError> errors, DateTimeOffset now) =>
        Of(window, calendar, errors, now, new WindowZones(calendar, new Dictionary<string, int>(), now));

    internal static PatchWindowStatus Of(
        PatchWindow window, WindowCalendar? calendar, IReadOnlyList<SpecError> errors, DateTimeOffset now, WindowZones zones)
    {
        var generation = window.Metadata.Generation ?? 0;
        var conditions = new Conditions(window.Status.Conditions, generation, now);
        if (calendar is null)
        {
            var message = string.Join("; ", errors);
            var isBlackout = window.Spec.Effect == WindowEffect.Blackout;
            return new PatchWindowStatus
            {
                ObservedGeneration = generation,
                Conditions = conditions
                    .Add(ConditionTypes.Ready, false, Reasons.InvalidSpec, message)
                    .Add(ConditionTypes.Reconciling, false, Reasons.InvalidSpec, isBlackout
                        ? "every window of the policies that it selects, of all where it cannot be told, is closed until the spec is mended"
                        : "nothing opens until the spec is mended")
                    .Add(ConditionTypes.Stalled, true, Reasons.InvalidSpec, message)
                    .Add(
                        ConditionTypes.Open,
                        isBlackout,
                        Reasons.InvalidSpec,
                        isBlackout ? "an invalid blackout lasts until it is mended" : "an invalid window never opens")
                    .ToList(),
            };
        }

        var state = zones.State!;
        var (reason, words) = Open(calendar, state, zones);
        var inZones = zones.Status();
        return new PatchWindowStatus
        {
            ObservedGeneration = generation,
            Conditions = conditions
                .Add(ConditionTypes.Ready, true, Reasons.Accepted, "the spec is valid")
                .Add(ConditionTypes.Reconciling, false, Reasons.UpToDate, "nothing to do")
                .Add(ConditionTypes.Stalled, false, Reasons.UpToDate, "nothing to do")
                .Add(ConditionTypes.Open, zones.IsOpen, reason, words)
                .ToList(),
            Current = state.Current is { } current ? Opening(zones, current) : null,
            Upcoming = [.. state.Upcoming.Take(Limits.UpcomingOpenings).Select(opening => Opening(zones, opening))],
            Zones = inZones,
            CountedAt = inZones.Select(zone => zone.Nodes).SequenceEqual(window.Status.Zones.Select(zone => zone.Nodes)) ? window.Status.CountedAt : now,
        };
    }

    private static (string Reason, string Words) Open(WindowCalendar calendar, WindowState state, WindowZones zones) => state switch
    {
        { IsOpen: true } when calendar.Effect == WindowEffect.Blackout => (Reasons.BlackoutLasts, "the windows of the policies that it selects are closed"),
        _ when calendar is { Effect: WindowEffect.Blackout, Suspended: true } => (Reasons.Suspended, "closes no window until spec.suspend is taken back"),
        _ when calendar.Effect == WindowEffect.Blackout => (Reasons.BlackoutOver, state.NextChange is null ? "does not begin again" : "closes no window now"),
        _ when zones.IsOpen => (Reasons.WindowOpen, zones.OpenIn is { } some ? $"open in {some}" : "open"),
        _ when calendar.Suspended => (Reasons.Suspended, "closed until spec.suspend is taken back"),
        { NextChange: null } => (Reasons.WindowClosed, "closed, and does not open again"),
        _ => (Reasons.WindowClosed, "closed"),
    };

    /// <summary>When a status is to be written in which counts alone have changed, in UTC; null when it is to be written now, or is the same.</summary>
    public static DateTimeOffset? WrittenAt(PatchWindowStatus before, PatchWindowStatus after, DateTimeOffset now) =>
        CountPace.Next(before.CountedAt, now) is { } next
        && before.CountedAt != after.CountedAt
        && (before.ObservedGeneration, before.Current) == (after.ObservedGeneration, after.Current)
        && before.Conditions.SequenceEqual(after.Conditions)
        && before.Upcoming.SequenceEqual(after.Upcoming)
        && before.Zones.Select(zone => zone with { Nodes = 0 }).SequenceEqual(after.Zones.Select(zone => zone with { Nodes = 0 }))
            ? next
            : null;

    private static WindowOpening Opening(WindowZones zones, Opening opening) =>
        new() { OpensAt = opening.OpensAt, ClosesAt = opening.ClosesAt, Note = zones.Note(opening) is { } note ? Text.Fit(note) : null };
}
