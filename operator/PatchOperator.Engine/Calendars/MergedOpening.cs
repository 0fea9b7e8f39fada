using NodaTime;

namespace PatchOperator.Engine.Calendars;

/// <summary>An opening made of all those that overlap or touch.</summary>
/// <param name="Start">The first instant of it.</param>
/// <param name="End">The first instant after it.</param>
/// <param name="IsCut">Whether it lasts longer than was looked, and <paramref name="End"/> lies before its end.</param>
internal readonly record struct MergedOpening(Instant Start, Instant End, bool IsCut)
{
    /// <summary>Of what is left of an opening after a closed time: the start of the whole.</summary>
    public Instant WholeStart { get; init; } = Start;

    public Opening ToOpening() => new(Start.ToDateTimeOffset(), End.ToDateTimeOffset());
}
