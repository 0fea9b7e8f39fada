using System.Globalization;
using System.Text;

namespace PatchOperator.Engine;

/// <summary>
/// Durations as specs write them: whole numbers with the units w, d, h, m and s, largest unit first, each at most once, such as
/// <c>30m</c>, <c>1d12h</c> or <c>1w2d</c>. A day is 24 hours of elapsed time, a week is seven of them. No sign, fraction or space.
/// </summary>
public static class Durations
{
    private const string Letters = "wdhms";
    private static readonly long[] _seconds = [7 * 86_400, 86_400, 3_600, 60, 1];

    /// <summary>Reads a duration; false when the text is none, or is longer than a <see cref="TimeSpan"/> holds.</summary>
    public static bool TryParse(string? text, out TimeSpan duration)
    {
        duration = default;
        if (string.IsNullOrEmpty(text))
            return false;
        Int128 total = 0;
        var unit = -1;
        for (var start = 0; start < text.Length;)
        {
            if (!TryReadPart(text, ref start, ref unit, out var seconds))
                return false;
            total += seconds;
        }
        if (total > TimeSpan.MaxValue.Ticks / TimeSpan.TicksPerSecond)
            return false;
        duration = TimeSpan.FromTicks((long)total * TimeSpan.TicksPerSecond);
        return true;
    }

    /// <summary>Reads a duration out of a spec that has been validated.</summary>
    /// <exception cref="FormatException">The text is no duration; the message names it.</exception>
    public static TimeSpan Parse(string text) =>
        TryParse(text, out var duration) ? duration : throw new FormatException($"\"{text}\" is not a duration such as 30m, 4h or 1d12h");

    /// <summary>What is wrong with a duration that must be longer than zero, and <paramref name="atLeast"/>; null when nothing is.</summary>
    internal static string? Problem(string text, string example, TimeSpan atLeast = default) =>
        !TryParse(text, out var duration) ? $"'{text}' is not a duration such as {example}"
        : duration <= TimeSpan.Zero ? $"must be longer than zero, such as {example}"
        : duration < atLeast ? $"must be {Format(atLeast)} at least, such as {example}"
        : null;

    /// <summary>
    /// Writes a duration as people do: without units that are zero, in weeks only when they come out even, such as <c>4h</c>,
    /// <c>1d12h</c>, <c>9d</c> or <c>2w</c>. Fractions of a second are cut off. A negative one, which no spec can hold, gets a minus sign.
    /// </summary>
    public static string Format(TimeSpan duration)
    {
        var rest = Math.Abs(duration.Ticks / TimeSpan.TicksPerSecond);
        if (rest == 0)
            return "0s";
        var text = new StringBuilder(duration < TimeSpan.Zero ? "-" : "");
        for (var unit = rest % _seconds[0] == 0 ? 0 : 1; rest > 0; unit++)
        {
            var (count, left) = Math.DivRem(rest, _seconds[unit]);
            if (count > 0)
                text.Append(CultureInfo.InvariantCulture, $"{count}{Letters[unit]}");
            rest = left;
        }
        return text.ToString();
    }

    /// <summary>Reads one number and its unit, which has to be smaller than the unit before it.</summary>
    private static bool TryReadPart(string text, ref int start, ref int unit, out Int128 seconds)
    {
        seconds = 0;
        var end = start;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
            end++;
        var digits = text.AsSpan(start, end - start);
        if (end == text.Length || !long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var count))
            return false;
        var previous = unit;
        unit = Letters.IndexOf(text[end], StringComparison.Ordinal);
        start = end + 1;
        if (unit <= previous)
            return false;
        seconds = (Int128)count * _seconds[unit];
        return true;
    }
}
