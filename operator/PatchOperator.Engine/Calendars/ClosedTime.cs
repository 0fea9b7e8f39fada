using NodaTime;

namespace PatchOperator.Engine.Calendars;

/// <summary>A time in which a window stays closed.</summary>
/// <param name="Start">The first instant of it.</param>
/// <param name="End">The first instant after it.</param>
/// <param name="Name">What notes call it, such as <c>blackout 'holidays'</c>.</param>
internal readonly record struct ClosedTime(Instant Start, Instant End, string Name);
