using System.Globalization;

namespace PatchOperator.Engine.Policies;

/// <summary>What runs are called: their policy, the day on which they begin, in UTC, and from the second of a day on a number.</summary>
internal static class RunName
{
    /// <summary>The name of the next run. It is the same until that run is seen, so that an answer that was lost makes no second run.</summary>
    /// <param name="policy">The policy's name.</param>
    /// <param name="taken">The names of the runs there are. The number goes on from the highest: of a day's runs the first may be forgotten already.</param>
    /// <param name="now">The time.</param>
    public static string Next(string policy, IEnumerable<string> taken, DateTimeOffset now)
    {
        var stem = $"{policy}-{now.UtcDateTime.ToString("yyyyMMdd", CultureInfo.InvariantCulture)}";
        var last = taken.Select(name => Number(name, stem)).DefaultIfEmpty().Max();
        return last == 0 ? stem : $"{stem}-{last + 1}";
    }

    private static int Number(string name, string stem) =>
        name == stem ? 1
        : name.StartsWith($"{stem}-", StringComparison.Ordinal)
            && int.TryParse(name.AsSpan(stem.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : 0;
}
