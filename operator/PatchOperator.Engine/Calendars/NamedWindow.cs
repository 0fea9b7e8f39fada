namespace PatchOperator.Engine.Calendars;

/// <summary>A window's state, with its name.</summary>
public sealed record NamedWindow(string Name, WindowState State);
