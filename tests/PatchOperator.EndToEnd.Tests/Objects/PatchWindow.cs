using System.Globalization;

namespace PatchOperator.EndToEnd.Tests.Objects;

/// <summary>The window of these policies, or a freeze of all.</summary>
internal sealed class PatchWindow : IManifest
{
    /// <summary>The name of a freeze.</summary>
    public const string Frozen = "frozen";

    private readonly string cron;
    private readonly string duration;

    private PatchWindow(string cron, string duration) => (this.cron, this.duration) = (cron, duration);

    private bool IsFreeze { get; init; }

    public IReadOnlyList<object> Objects =>
    [
        new
        {
            ApiVersion = "patchoperator.io/v1alpha1",
            Kind = "PatchWindow",
            Metadata = new { Name = IsFreeze ? Frozen : Policy.Window },
            Spec = new { Effect = IsFreeze ? "Blackout" : "Allow", Schedules = new[] { new { Cron = cron } }, Duration = duration },
        },
    ];

    /// <summary>Open from midnight to midnight, every day.</summary>
    public static PatchWindow Open => new("0 0 * * *", "24h");

    /// <summary>No node of any policy is begun, on no day.</summary>
    public static PatchWindow Freeze => new("0 0 * * *", "24h") { IsFreeze = true };

    /// <summary>Closed for a month at least.</summary>
    public static PatchWindow Closed(DateTimeOffset now) => new($"0 0 1 {now.AddMonths(2).Month} *", "1h");

    public static PatchWindow OpensAt(DateTimeOffset time) => new(string.Create(CultureInfo.InvariantCulture, $"{time.Minute} {time.Hour} * * *"), "10m");
}
