using System.Diagnostics.CodeAnalysis;
using NodaTime;
using NodaTime.TimeZones;

namespace PatchOperator.Engine.Calendars;

/// <summary>
/// Time zones by their IANA names. Only names out of the IANA data count: NodaTime would also take "UTC+3" for a zone, which nothing else in the
/// cluster does.
/// </summary>
public static class TimeZones
{
    // Of all names the one that people go on to call it.
    private const string Utc = "UTC";
    private const string EtcUtc = "Etc/UTC";

    private static readonly TzdbDateTimeZoneSource Source = TzdbDateTimeZoneSource.Default;

    /// <summary>The name that a zone goes by today, such as Europe/Kyiv for Europe/Kiev; null when there is no such zone.</summary>
    public static string? Canonical(string? name) =>
        Source.CanonicalIdMap.TryGetValue(name ?? "", out var canonical) ? canonical == EtcUtc ? Utc : canonical : null;

    /// <summary>What the clocks of a zone show at an instant.</summary>
    /// <param name="name">The canonical name of the zone.</param>
    /// <param name="time">The instant.</param>
    public static DateTimeOffset Local(string name, DateTimeOffset time) =>
        Instant.FromDateTimeOffset(time).InZone(DateTimeZoneProviders.Tzdb[name]).ToDateTimeOffset();

    /// <summary>Finds a zone.</summary>
    /// <param name="name">Its name, or a former one.</param>
    /// <param name="zone">The zone, under its canonical name.</param>
    /// <param name="error">What is wrong with the name, with the closest that exists.</param>
    internal static bool TryGet(string? name, [NotNullWhen(true)] out DateTimeZone? zone, [NotNullWhen(false)] out string? error)
    {
        zone = Canonical(name) is { } canonical ? DateTimeZoneProviders.Tzdb[canonical] : null;
        error = zone is not null ? null
            : string.IsNullOrWhiteSpace(name) ? $"\"{name}\" is not a known IANA time zone such as Europe/Berlin"
            : $"\"{name}\" is not a known IANA time zone; the closest is {Closest(name)}";
        return zone is not null;
    }

    // A city alone is the zone of that city, however far apart the texts are.
    private static string Closest(string name) => Source.CanonicalIdMap.Keys
        .OrderBy(id => id.Split('/')[^1].Equals(name, StringComparison.OrdinalIgnoreCase) ? 0 : 1)
        .ThenBy(id => Distance(id.ToUpperInvariant(), name.ToUpperInvariant()))
        .ThenBy(id => id, StringComparer.Ordinal)
        .First();

    /// <summary>How many characters must be put in, taken out or exchanged to make one text of the other (Levenshtein).</summary>
    private static int Distance(string one, string other)
    {
        var row = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 0; i < one.Length; i++)
        {
            var diagonal = row[0]++;
            for (var j = 0; j < other.Length; j++)
            {
                var exchanged = diagonal + (one[i] == other[j] ? 0 : 1);
                diagonal = row[j + 1];
                row[j + 1] = Math.Min(exchanged, Math.Min(diagonal, row[j]) + 1);
            }
        }
        return row[^1];
    }
}
