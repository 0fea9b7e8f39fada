using NodaTime;

namespace PatchOperator.Engine.Calendars;

/// <summary>All that keeps a window closed.</summary>
internal sealed class Closures(IReadOnlyList<IClosure> closures)
{
    /// <summary>Of the closed times that contain an instant the one that ends last; null when none does.</summary>
    public ClosedTime? Around(Instant instant)
    {
        ClosedTime? last = null;
        foreach (var closure in closures)
            if (closure.Around(instant) is { } time && (last is null || time.End > last.Value.End))
                last = new ClosedTime(time.Start, time.End, closure.Name);
        return last;
    }

    /// <summary>When the next closed time starts, after an instant; null when none is in sight.</summary>
    public Instant? After(Instant instant)
    {
        Instant? first = null;
        foreach (var closure in closures)
            if (closure.After(instant) is { } time && (first is null || time.Start < first))
                first = time.Start;
        return first;
    }
}
