using System.Globalization;

namespace PatchOperator.EndToEnd.Tests.Objects;

/// <summary>The window of these policies, or a freeze of all.</summary>
internal sealed class PatchWindow : IManifest
{
    /// <summary>The name of a freeze.</summary>
    public const string Frozen = "frozen";

    private readonly string duration;
    private readonly string[] crons;

    private PatchWindow(string duration, params string[] crons) => (this.duration, this.crons) = (duration, crons);

    private bool IsFreeze { get; init; }

    private string? Cutoff { get; init; }

    public IReadOnlyList<object> Objects =>
    [
        new
        {
            ApiVersion = "patchoperator.io/v1alpha1",
            Kind = "PatchWindow",
            Metadata = new { Name = IsFreeze ? Frozen : Policy.Window },
            Spec = new { Effect = IsFreeze ? "Blackout" : "Allow", Schedules = crons.Select(cron => new { Cron = cron }), Duration = duration, Cutoff },
        },
    ];

    /// <summary>Open from midnight to midnight, every day.</summary>
    public static PatchWindow Open => new("24h", "0 0 * * *");

    /// <summary>No node of any policy is begun, on no day.</summary>
    public static PatchWindow Freeze => new("24h", "0 0 * * *") { IsFreeze = true };

    /// <summary>Closed for a month at least.</summary>
    public static PatchWindow Closed(DateTimeOffset now) => new("1h", $"0 0 1 {now.AddMonths(2).Month} *");

    public static PatchWindow OpensAt(DateTimeOffset time) => new("10m", Daily(time));

    /// <summary>Open for a minute at each of these times, and taking nodes in its first 20 seconds.</summary>
    public static PatchWindow OpensBriefly(params IEnumerable<DateTimeOffset> times) => new("1m", [.. times.Select(Daily)]) { Cutoff = "40s" };

    /// <summary>The next whole minute that leaves time to apply a window before.</summary>
    public static DateTimeOffset NextMinute(DateTimeOffset now)
    {
        var earliest = now.AddSeconds(5);
        return new DateTimeOffset(earliest.Year, earliest.Month, earliest.Day, earliest.Hour, earliest.Minute, 0, TimeSpan.Zero).AddMinutes(1);
    }

    private static string Daily(DateTimeOffset time) => string.Create(CultureInfo.InvariantCulture, $"{time.Minute} {time.Hour} * * *");
}
