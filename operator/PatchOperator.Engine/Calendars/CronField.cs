using System.Globalization;

namespace PatchOperator.Engine.Calendars;

/// <summary>One of the five fields of a cron expression, and how to read it, after crontab(5).</summary>
/// <param name="Name">As messages call it.</param>
/// <param name="Min">The lowest number allowed.</param>
/// <param name="Max">The highest number allowed, and the longest step.</param>
/// <param name="Words">Names that stand for numbers, the first of them for <paramref name="Min"/>.</param>
internal sealed record CronField(string Name, int Min, int Max, params IReadOnlyList<string> Words)
{
    public static readonly CronField Minute = new("minute", 0, 59);
    public static readonly CronField Hour = new("hour", 0, 23);
    public static readonly CronField DayOfMonth = new("day-of-month", 1, 31);
    public static readonly CronField Month = new(
        "month", 1, 12, "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");
    public static readonly CronField DayOfWeek = new("day-of-week", 0, SundayAsSeven, "SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");

    private const int SundayAsSeven = 7;

    private bool IsDayOfWeek => Max == SundayAsSeven;

    private string Allowed => $"between {Min} and {Max}" + (Words.Count > 0 ? $" or a name from {Words[0]} to {Words[^1]}" : "");

    /// <summary>Reads a list of items.</summary>
    /// <returns>What is wrong with the text, the field's name first; null when nothing is.</returns>
    public string? Read(string text, out ulong values)
    {
        values = 0;
        foreach (var item in text.Split(','))
        {
            if (ReadItem(item, ref values) is { } error)
                return $"{Name}: {error}";
        }
        if (IsDayOfWeek && Bits.Has(values, SundayAsSeven))
            values = (values | 1) & ~(1UL << SundayAsSeven);
        return null;
    }

    /// <summary>Adds the numbers of one item: a number, a range or a star, the latter two perhaps with a step.</summary>
    private string? ReadItem(string item, ref ulong values)
    {
        var slash = item.IndexOf('/', StringComparison.Ordinal);
        var range = slash < 0 ? item : item[..slash];
        var stride = 1;
        var error = ReadRange(range, out var first, out var last);
        if (error is null && slash >= 0)
            error = ReadStep(item, range, item[(slash + 1)..], out stride);
        if (error is not null)
            return error;
        for (var value = first; value <= last; value += stride)
            values |= 1UL << value;
        return null;
    }

    private string? ReadRange(string range, out int first, out int last)
    {
        (first, last) = (Min, IsDayOfWeek ? Max - 1 : Max);
        if (range == "*")
            return null;
        var dash = range.IndexOf('-', StringComparison.Ordinal);
        var error = ReadNumber(dash < 0 ? range : range[..dash], out first);
        last = first;
        if (error is not null || dash < 0)
            return error;
        error = ReadNumber(range[(dash + 1)..], out last);
        // FRI-SUN is what people write, and by numbers alone it would run backwards.
        if (IsDayOfWeek && last == 0 && first > 0)
            last = SundayAsSeven;
        return error ?? (first > last ? $"{range} runs backwards" : null);
    }

    private string? ReadNumber(string text, out int value)
    {
        if (text.Length == 0)
        {
            value = 0;
            return $"a number is missing, it must be {Allowed}";
        }
        if (TryReadWord(text, out value))
            return null;
        if (!TryReadDigits(text, out value))
            return $"\"{text}\" is not a number {Allowed}";
        return value < Min || value > Max ? $"{value} is not {Allowed}" : null;
    }

    /// <summary>
    /// A step after a single number is refused: crontab(5) knows it only after a range or a star, and programs that accept it disagree
    /// on what it means.
    /// </summary>
    private string? ReadStep(string item, string range, string text, out int stride)
    {
        if (!TryReadDigits(text, out stride))
            return $"step \"{text}\" is not a number between 1 and {Max}";
        if (stride < 1 || stride > Max)
            return $"step {stride} is not between 1 and {Max}";
        var single = range != "*" && !range.Contains('-', StringComparison.Ordinal);
        return single ? $"{item} needs a range before the step, such as {range}-{Max}/{stride}" : null;
    }

    private bool TryReadWord(string text, out int value)
    {
        value = Min;
        foreach (var word in Words)
        {
            if (text.Equals(word, StringComparison.OrdinalIgnoreCase))
                return true;
            value++;
        }
        return false;
    }

    private static bool TryReadDigits(string text, out int value) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
}
