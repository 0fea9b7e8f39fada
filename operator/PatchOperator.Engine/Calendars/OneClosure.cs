using NodaTime;

namespace PatchOperator.Engine.Calendars;

/// <summary>A single time in which a window stays closed.</summary>
internal sealed class OneClosure(string name, Interval time) : IClosure
{
    public string Name => name;

    public Interval? Around(Instant instant) => time.Contains(instant) ? time : null;

    public Interval? After(Instant instant) => time.Start > instant && time.Start < time.End ? time : null;
}
