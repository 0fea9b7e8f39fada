using System.Globalization;
using PatchOperator.Api;
using PatchOperator.Engine.Calendars;

namespace PatchOperator.Engine.Policies;

/// <summary>What runs are called: their policy, the day of their window, in UTC, and from the second of a day on a number.</summary>
internal static class RunName
{
    /// <summary>The name of the next run. It is the same until that run is seen, so that an answer that was lost makes no second run.</summary>
    /// <param name="policy">The policy's name.</param>
    /// <param name="taken">The names of the runs there are. The number goes on from the highest: of a day's runs the first may be forgotten already.</param>
    /// <param name="opening">The opening in which the run begins. What begins after midnight still belongs to the evening on which the window opened.</param>
    /// <param name="now">The time. Of an opening that lasts longer than a day, as of a window that is always open, each day has its own name.</param>
    /// <param name="local">With the timing NodeLocal the local date of the opening, which is then that of the name; else null.</param>
    public static string Next(string policy, IEnumerable<string> taken, Opening opening, DateTimeOffset now, string? local = null) => Next(
        $"{policy}-{local?.Replace("-", "", StringComparison.Ordinal) ?? Day(opening.OpensAt.AddDays((now - opening.OpensAt).Days))}", taken);

    /// <summary>The name of the next run that was made for something else than a window, such as <c>workers-catchup-20261120</c>.</summary>
    /// <param name="policy">The policy's name.</param>
    /// <param name="trigger">What it is made for.</param>
    /// <param name="taken">The names of the runs there are.</param>
    /// <param name="now">The time.</param>
    public static string Next(string policy, RunTrigger trigger, IEnumerable<string> taken, DateTimeOffset now) =>
        Next($"{policy}-{trigger.ToString().ToLowerInvariant()}-{Day(now)}", taken);

    private static string Day(DateTimeOffset time) => time.UtcDateTime.ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    private static string Next(string stem, IEnumerable<string> taken)
    {
        var last = taken.Select(name => Number(name, stem)).DefaultIfEmpty().Max();
        return last == 0 ? stem : $"{stem}-{last + 1}";
    }

    private static int Number(string name, string stem) =>
        name == stem ? 1
        : name.StartsWith($"{stem}-", StringComparison.Ordinal)
            && int.TryParse(name.AsSpan(stem.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : 0;
}
