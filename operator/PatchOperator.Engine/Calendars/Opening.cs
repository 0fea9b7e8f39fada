namespace PatchOperator.Engine.Calendars;

/// <summary>A time in which a window is open: from <paramref name="OpensAt"/> on, no longer at <paramref name="ClosesAt"/>.</summary>
/// <param name="OpensAt">The first instant of it, in UTC.</param>
/// <param name="ClosesAt">The first instant after it, in UTC.</param>
public readonly record struct Opening(DateTimeOffset OpensAt, DateTimeOffset ClosesAt);
