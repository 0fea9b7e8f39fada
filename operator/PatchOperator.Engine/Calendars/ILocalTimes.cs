using NodaTime;

namespace PatchOperator.Engine.Calendars;

/// <summary>A rule that names local times, to the minute, in no zone: what clock changes do to them is up to <see cref="ZonedStarts"/>.</summary>
internal interface ILocalTimes
{
    /// <summary>The first local time after <paramref name="after"/>; null when there is none in sight.</summary>
    LocalDateTime? Next(LocalDateTime after);

    /// <summary>The last local time that is not after <paramref name="notAfter"/>; null when there is none in sight.</summary>
    LocalDateTime? Last(LocalDateTime notAfter);
}
