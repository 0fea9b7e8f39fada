using System.Globalization;
using PatchOperator.Agent.Hosts;

namespace PatchOperator.Agent.Units;

/// <summary>All units of a host; see systemctl(1) and org.freedesktop.systemd1(5).</summary>
internal static class UnitList
{
    private static readonly string[] Properties =
    [
        "Id", "LoadState", "ActiveState", "SubState", "UnitFileState", "Transient", "ConditionResult", "ConditionTimestampMonotonic", "Job",
        "ActiveEnterTimestampMonotonic", "TriggeredBy", "WantedBy", "RequiredBy",
    ];

    public static HostCommand Show { get; } = new("systemctl", "show", "--all", $"--property={string.Join(',', Properties)}", "--", "*");

    /// <summary>Reads what <see cref="Show"/> prints: a block of properties for each unit, and an empty line between two.</summary>
    public static IReadOnlyList<HostUnit> Parse(string output) =>
    [
        .. output.Split("\n\n", StringSplitOptions.RemoveEmptyEntries)
            .Select(UnitProperties.Parse)
            .Where(values => values.GetValueOrDefault("Id") is { Length: > 0 })
            .Select(Read)
            .DistinctBy(unit => unit.Name),
    ];

    private static HostUnit Read(Dictionary<string, string> values)
    {
        string Of(string property) => values.GetValueOrDefault(property) ?? "";
        return new HostUnit(
            Of("Id"),
            Of("LoadState"),
            Of("ActiveState"),
            Of("SubState"),
            Of("UnitFileState"),
            IsTransient: Of("Transient") == "yes",
            MeetsConditions: Of("ConditionResult") == "yes" || Microseconds(Of("ConditionTimestampMonotonic")) == TimeSpan.Zero,
            IsWanted: Of("WantedBy").Length > 0 || Of("RequiredBy").Length > 0,
            Triggers: Of("TriggeredBy"),
            HasJob: Of("Job") is not ("" or "0"),
            Microseconds(Of("ActiveEnterTimestampMonotonic")));
    }

    private static TimeSpan Microseconds(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count <= TimeSpan.MaxValue.Ticks / TimeSpan.TicksPerMicrosecond
            ? TimeSpan.FromMicroseconds(count)
            : TimeSpan.Zero;
}
