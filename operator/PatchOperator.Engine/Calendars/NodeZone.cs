namespace PatchOperator.Engine.Calendars;

/// <summary>The time zone that a node goes by.</summary>
/// <param name="Name">Its canonical name; null when it is not known, and then no window is open for the node.</param>
/// <param name="Problem">Why it is not known, in words.</param>
public readonly record struct NodeZone(string? Name, string? Problem);
