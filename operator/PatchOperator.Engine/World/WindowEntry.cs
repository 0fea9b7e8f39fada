using PatchOperator.Api;
using PatchOperator.Engine.Calendars;

namespace PatchOperator.Engine.World;

/// <summary>A window and its calendar, read once per spec.</summary>
/// <param name="Window">The window.</param>
/// <param name="Calendar">Null when its spec is invalid.</param>
/// <param name="Errors">What is wrong with its spec.</param>
public sealed record WindowEntry(PatchWindow Window, WindowCalendar? Calendar, IReadOnlyList<SpecError> Errors);
