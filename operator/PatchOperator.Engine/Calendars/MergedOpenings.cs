using NodaTime;

namespace PatchOperator.Engine.Calendars;

/// <summary>
/// The openings that start at <paramref name="starts"/> and last <paramref name="length"/> each, with those that overlap or touch merged
/// into one. The search for the two ends of an opening is bounded by <see cref="Reach"/>.
/// </summary>
internal sealed class MergedOpenings(ZonedStarts starts, Duration length)
{
    private static readonly Duration TwoWeeks = Duration.FromDays(14);

    /// <summary>
    /// How far from an instant the ends of an opening around it are looked for. Long enough that an opening cut there, and then back to
    /// a Monday, still lasts at least one length, and so longer than any cutoff.
    /// </summary>
    public Duration Reach { get; } = Duration.Max(TwoWeeks, 2 * length);

    /// <summary>The opening that lasts at an instant; null when there is none.</summary>
    public MergedOpening? Around(Instant instant)
    {
        if (starts.NotAfter(instant) is not { } start || start + length <= instant)
            return null;
        var (end, isCut) = EndOfChain(start, instant);
        return new MergedOpening(StartOfChain(start, instant), end, isCut);
    }

    /// <summary>The first opening that starts after an instant, which must not lie in an opening.</summary>
    public MergedOpening? After(Instant instant)
    {
        if (starts.After(instant) is not { } start)
            return null;
        var (end, isCut) = EndOfChain(start, start);
        return new MergedOpening(start, end, isCut);
    }

    /// <summary>
    /// Goes back from start to start as far as an opening at the one reaches the other, each time as far as one length allows: two such
    /// steps are longer than a length, so a schedule that fires every minute costs no more than any other.
    /// </summary>
    private Instant StartOfChain(Instant start, Instant instant)
    {
        while (starts.After(start - length - Duration.Epsilon) is { } earlier && earlier < start)
        {
            start = earlier;
            if (start < instant - Reach)
                return MondayNotAfter(instant);
        }
        return start;
    }

    private (Instant End, bool IsCut) EndOfChain(Instant start, Instant instant)
    {
        while (starts.NotAfter(start + length) is { } later && later > start)
        {
            start = later;
            if (start + length > instant + Reach)
                return (MondayNotAfter(instant + Reach), true);
        }
        return (start + length, false);
    }

    /// <summary>
    /// Where an opening without visible ends is cut. By the week, not by the instant: what is said about it must not change all the time.
    /// </summary>
    private static Instant MondayNotAfter(Instant instant) =>
        instant.InUtc().Date.With(DateAdjusters.PreviousOrSame(IsoDayOfWeek.Monday)).AtMidnight().InUtc().ToInstant();
}
