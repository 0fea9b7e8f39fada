using PatchOperator.Api;
using PatchOperator.Engine.Calendars;

namespace PatchOperator.Engine.World;

/// <summary>A window and its calendar, read once per spec.</summary>
/// <param name="Window">The window.</param>
/// <param name="Calendar">Null when its spec is invalid.</param>
/// <param name="Errors">What is wrong with its spec.</param>
public sealed record WindowEntry(PatchWindow Window, WindowCalendar? Calendar, IReadOnlyList<SpecError> Errors)
{
    /// <summary>Whether it is meant to keep windows closed, also where the rest of its spec is invalid.</summary>
    public bool IsBlackout => Window.Spec.Effect == WindowEffect.Blackout;

    /// <summary>Whether another state of the window says the same of when it opens.</summary>
    public bool SameSpec(PatchWindow? other) =>
        other is not null && Window.Metadata.Uid == other.Metadata.Uid && Window.Metadata.Generation == other.Metadata.Generation;

    /// <inheritdoc cref="SameSpec(PatchWindow)"/>
    public bool SameSpec(WindowEntry? other) => SameSpec(other?.Window);
}
