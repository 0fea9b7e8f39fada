using System.Globalization;

namespace PatchOperator.Contract.Grammars;

/// <summary>
/// The order of rpm's versions, <c>[epoch:]version[-release]</c>: rpm-version(7). An absent epoch is 0. Any text has its place; what is no version is compared
/// by the same rules.
/// </summary>
public sealed class RpmVersions : IComparer<string>
{
    private const int Tilde = 0;
    private const int End = 1;
    private const int Caret = 2;
    private const int Stretch = 3;

    /// <summary>The one there is.</summary>
    public static RpmVersions Order { get; } = new();

    /// <inheritdoc/>
    public int Compare(string? x, string? y)
    {
        var (left, right) = (Split(x ?? ""), Split(y ?? ""));
        if (left.Epoch != right.Epoch)
            return left.Epoch.CompareTo(right.Epoch);
        var version = ComparePart(left.Version, right.Version);
        return version != 0 ? version : ComparePart(left.Release, right.Release);
    }

    private static (long Epoch, string Version, string Release) Split(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var epoch = colon > 0 && long.TryParse(text.AsSpan(0, colon), CultureInfo.InvariantCulture, out var number) ? number : 0;
        var rest = text[(colon + 1)..];
        var dash = rest.LastIndexOf('-');
        return dash < 0 ? (epoch, rest, "") : (epoch, rest[..dash], rest[(dash + 1)..]);
    }

    /// <summary>Stretches of letters and of digits in turn; what stands between them only separates.</summary>
    private static int ComparePart(string left, string right)
    {
        var (i, j) = (0, 0);
        while (true)
        {
            Skip(left, ref i);
            Skip(right, ref j);
            if (Mark(left, i) is var mark && Mark(right, j) is var other && mark != other)
                return mark.CompareTo(other);
            if (i >= left.Length)
                return 0;
            if (mark != Stretch)
                (i, j) = (i + 1, j + 1);
            else if (CompareStretch(Take(left, ref i), Take(right, ref j)) is not 0 and var order)
                return order;
        }
    }

    /// <summary>What comes next, in its order: a tilde is older than the end, a caret newer than the end and older than anything else.</summary>
    private static int Mark(string text, int index) => index >= text.Length ? End : text[index] switch
    {
        '~' => Tilde,
        '^' => Caret,
        _ => Stretch,
    };

    private static void Skip(string text, ref int index)
    {
        while (index < text.Length && !char.IsAsciiLetterOrDigit(text[index]) && text[index] is not ('~' or '^'))
            index++;
    }

    private static ReadOnlySpan<char> Take(string text, ref int index)
    {
        var start = index;
        var digits = char.IsAsciiDigit(text[start]);
        while (index < text.Length && (digits ? char.IsAsciiDigit(text[index]) : char.IsAsciiLetter(text[index])))
            index++;
        return text.AsSpan(start, index - start);
    }

    /// <summary>A number is newer than letters, whatever they are.</summary>
    private static int CompareStretch(ReadOnlySpan<char> left, ReadOnlySpan<char> right) => (char.IsAsciiDigit(left[0]), char.IsAsciiDigit(right[0])) switch
    {
        (true, true) => CompareNumber(left.TrimStart('0'), right.TrimStart('0')),
        (false, false) => left.SequenceCompareTo(right),
        var (isNumber, _) => isNumber ? 1 : -1,
    };

    private static int CompareNumber(ReadOnlySpan<char> left, ReadOnlySpan<char> right) =>
        left.Length != right.Length ? left.Length.CompareTo(right.Length) : left.SequenceCompareTo(right);
}
