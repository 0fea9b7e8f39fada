namespace PatchOperator.Engine.Calendars;

/// <summary>A time in which a window stays closed, whatever its schedules say.</summary>
/// <param name="Name">What it is called, such as <c>blackout 'holidays'</c>.</param>
/// <param name="Until">When it ends, in UTC; null where it does not.</param>
public sealed record Blackout(string Name, DateTimeOffset? Until)
{
    /// <summary>It in words.</summary>
    public string Words => $"{Name} lasts{(Until is { } until ? $" until {until.UtcDateTime:yyyy-MM-dd HH:mm} UTC" : "")}";
}
