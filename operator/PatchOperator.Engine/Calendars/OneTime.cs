using NodaTime;

namespace PatchOperator.Engine.Calendars;

/// <summary>A single local time.</summary>
internal sealed class OneTime(LocalDateTime time) : ILocalTimes
{
    public LocalDateTime? Next(LocalDateTime after) => time > after ? time : null;

    public LocalDateTime? Last(LocalDateTime notAfter) => time <= notAfter ? time : null;
}
