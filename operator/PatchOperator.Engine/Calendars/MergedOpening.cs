using NodaTime;

namespace PatchOperator.Engine.Calendars;

/// <summary>An opening made of all those that overlap or touch.</summary>
/// <param name="Start">The first instant of it.</param>
/// <param name="End">The first instant after it.</param>
/// <param name="IsCut">Whether it lasts longer than was looked, and <paramref name="End"/> lies before its end.</param>
internal readonly record struct MergedOpening(Instant Start, Instant End, bool IsCut)
{
    public Opening ToOpening() => new(Start.ToDateTimeOffset(), End.ToDateTimeOffset());
}
