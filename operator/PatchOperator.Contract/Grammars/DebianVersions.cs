using System.Globalization;

namespace PatchOperator.Contract.Grammars;

/// <summary>The order of Debian's versions: deb-version(7). Any text has its place; what is no version is compared by the same rules.</summary>
public sealed class DebianVersions : IComparer<string>
{
    /// <summary>The one there is.</summary>
    public static DebianVersions Order { get; } = new();

    /// <inheritdoc/>
    public int Compare(string? x, string? y)
    {
        var (left, right) = (Split(x ?? ""), Split(y ?? ""));
        if (left.Epoch != right.Epoch)
            return left.Epoch.CompareTo(right.Epoch);
        var upstream = ComparePart(left.Upstream, right.Upstream);
        return upstream != 0 ? upstream : ComparePart(left.Revision, right.Revision);
    }

    private static (long Epoch, string Upstream, string Revision) Split(string version)
    {
        var colon = version.IndexOf(':', StringComparison.Ordinal);
        var epoch = colon > 0 && long.TryParse(version.AsSpan(0, colon), CultureInfo.InvariantCulture, out var number) ? number : 0;
        var rest = version[(colon + 1)..];
        var dash = rest.LastIndexOf('-');
        return dash < 0 ? (epoch, rest, "") : (epoch, rest[..dash], rest[(dash + 1)..]);
    }

    /// <summary>Stretches without digits and stretches of digits in turn, as dpkg's own verrevcmp does.</summary>
    private static int ComparePart(string left, string right)
    {
        var (i, j) = (0, 0);
        while (i < left.Length || j < right.Length)
        {
            while ((i < left.Length && !char.IsAsciiDigit(left[i])) || (j < right.Length && !char.IsAsciiDigit(right[j])))
            {
                if (Weight(left, i++).CompareTo(Weight(right, j++)) is not 0 and var order)
                    return order;
            }

            if (CompareNumber(TakeNumber(left, ref i), TakeNumber(right, ref j)) is not 0 and var difference)
                return difference;
        }

        return 0;
    }

    /// <summary>A tilde sorts before the end, the end and digits before letters, letters before all else.</summary>
    private static int Weight(string text, int index) => index >= text.Length ? 0 : text[index] switch
    {
        '~' => -1,
        var digit when char.IsAsciiDigit(digit) => 0,
        var letter when char.IsAsciiLetter(letter) => letter,
        var other => other + 256,
    };

    private static ReadOnlySpan<char> TakeNumber(string text, ref int index)
    {
        var start = index;
        while (index < text.Length && char.IsAsciiDigit(text[index]))
            index++;
        return start >= text.Length ? default : text.AsSpan(start, index - start).TrimStart('0');
    }

    private static int CompareNumber(ReadOnlySpan<char> left, ReadOnlySpan<char> right) =>
        left.Length != right.Length ? left.Length.CompareTo(right.Length) : left.SequenceCompareTo(right);
}
