using NodaTime;

namespace PatchOperator.Engine.Calendars;

/// <summary>Times in which a window stays closed, whatever its schedules say.</summary>
internal interface IClosure
{
    /// <summary>What notes call it, such as <c>blackout 'holidays'</c>.</summary>
    string Name { get; }

    /// <summary>The time that contains an instant; null when none does.</summary>
    Interval? Around(Instant instant);

    /// <summary>The first time that starts after an instant; null when there is none in sight.</summary>
    Interval? After(Instant instant);
}
