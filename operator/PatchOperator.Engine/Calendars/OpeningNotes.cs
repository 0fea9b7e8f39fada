using NodaTime;

namespace PatchOperator.Engine.Calendars;

/// <summary>What is to be said of a window's openings. It follows from an opening alone, whenever it is looked at.</summary>
internal sealed class OpeningNotes(WindowTerms terms, ZonedStarts starts, Closures closures)
{
    /// <summary>Why an opening is not as the schedules have it, or what was skipped before it; null where there is nothing to say.</summary>
    public string? Of(Opening opening)
    {
        var (start, end) = (Instant.FromDateTimeOffset(opening.OpensAt), Instant.FromDateTimeOffset(opening.ClosesAt));
        string?[] notes = [OfStart(start), OfEnd(end), OfLength(end - start)];
        return notes.Any(note => note is not null) ? string.Join("; ", notes.OfType<string>()) : null;
    }

    private string? OfStart(Instant start)
    {
        var before = starts.NotAfter(start - Duration.Epsilon);
        if (before + terms.Duration > start)
            return closures.Around(start - Duration.Epsilon) is { } closed ? $"cut: opens as {closed.Name} ends" : null;
        if (terms.SkippedStart == Api.SkippedStart.ShiftForward)
            return starts.SkippedAt(start) is { } shifted ? $"shifted: {LocalTexts.Write(shifted)} does not exist in {terms.Zone.Id}" : OfSkipped(before);
        return OfSkipped(before)
            ?? (starts.SkippedBetween(before ?? start - Duration.FromDays(366), start) is { } skipped
                ? $"skipped before: {LocalTexts.Write(skipped)}, which does not exist in {terms.Zone.Id}"
                : null);
    }

    // Of the closed time before an opening, however many openings it has taken: named by the first and the last of them.
    private string? OfSkipped(Instant? before)
    {
        if (before is not { } last || closures.Around(last) is not { } closed || closed.Start == Instant.MinValue || closed.End < last + terms.Duration)
            return null;
        var first = starts.After(closed.Start - Duration.Epsilon)!.Value;
        return $"skipped before: {Local(first)}{(first == last ? "" : $" to {Local(last)}")}, by {closed.Name}";
    }

    private string? OfEnd(Instant end) =>
        starts.NotAfter(end) + terms.Duration > end && closures.Around(end) is { } closed ? $"cut: closes as {closed.Name} begins" : null;

    private string? OfLength(Duration length) => length <= terms.Cutoff ? "takes no node: not longer than its cutoff" : null;

    private string Local(Instant instant) => LocalTexts.Write(instant.InZone(terms.Zone).LocalDateTime);
}
