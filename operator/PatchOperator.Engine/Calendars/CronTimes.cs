namespace PatchOperator.Engine.Calendars;

/// <summary>The times of day of a cron expression, as minutes since midnight. Neither set is empty.</summary>
internal sealed class CronTimes(ulong minutes, ulong hours)
{
    private const int MinutesPerHour = 60;

    public int First { get; } = Bits.Lowest(hours, 0)!.Value * MinutesPerHour + Bits.Lowest(minutes, 0)!.Value;

    public int Last { get; } = Bits.Highest(hours, 23)!.Value * MinutesPerHour + Bits.Highest(minutes, 59)!.Value;

    /// <summary>The earliest of the times that is not before <paramref name="minuteOfDay"/>; null when the day has none left.</summary>
    public int? AtOrAfter(int minuteOfDay)
    {
        var (hour, minute) = Math.DivRem(minuteOfDay, MinutesPerHour);
        if (Bits.Has(hours, hour) && Bits.Lowest(minutes, minute) is { } inSameHour)
            return hour * MinutesPerHour + inSameHour;
        return Bits.Lowest(hours, hour + 1) * MinutesPerHour + Bits.Lowest(minutes, 0);
    }

    /// <summary>The latest of the times that is not after <paramref name="minuteOfDay"/>; null when the day has had none yet.</summary>
    public int? AtOrBefore(int minuteOfDay)
    {
        var (hour, minute) = Math.DivRem(minuteOfDay, MinutesPerHour);
        if (Bits.Has(hours, hour) && Bits.Highest(minutes, minute) is { } inSameHour)
            return hour * MinutesPerHour + inSameHour;
        return Bits.Highest(hours, hour - 1) * MinutesPerHour + Bits.Highest(minutes, MinutesPerHour - 1);
    }
}
