namespace PatchOperator.Engine.Calendars;

/// <summary>An opening by local time: from where it begins in the first zone to where it ends in the last.</summary>
/// <param name="Day">The local date on which it begins everywhere, such as <c>2026-11-20</c>.</param>
/// <param name="Opening">All of it.</param>
public readonly record struct LocalOpening(string Day, Opening Opening);
