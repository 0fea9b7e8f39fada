using NodaTime;
using NodaTime.Text;
using NodaTime.TimeZones;

namespace PatchOperator.Engine.Calendars;

/// <summary>How people write local times.</summary>
internal static class LocalTexts
{
    /// <summary>Such as 2026-12-24T22:00.</summary>
    public static LocalDateTimePattern DateTime { get; } = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm");

    /// <summary>Such as 22:00.</summary>
    public static LocalTimePattern TimeOfDay { get; } = LocalTimePattern.CreateWithInvariantCulture("HH:mm");

    /// <summary>A day of each year, such as 12-24.</summary>
    public static AnnualDatePattern Day { get; } = AnnualDatePattern.CreateWithInvariantCulture("MM-dd");

    /// <summary>A time that clocks skip is the instant of the change; of one that comes twice it is the first.</summary>
    public static ZoneLocalMappingResolver Lenient { get; } =
        Resolvers.CreateMappingResolver(Resolvers.ReturnEarlier, Resolvers.ReturnStartOfIntervalAfter);

    /// <summary>A local date, such as 2026-11-20.</summary>
    public static string Date(LocalDate day) => day.ToString("uuuu-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>As notes have it, such as 2026-12-24 22:00.</summary>
    public static string Write(LocalDateTime time) => time.ToString("uuuu-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture);
}
