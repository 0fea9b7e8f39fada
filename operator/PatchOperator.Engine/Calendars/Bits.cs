using System.Numerics;

namespace PatchOperator.Engine.Calendars;

/// <summary>A set of small whole numbers, each a bit: number n is in the set when bit n is 1. Numbers are at most 62.</summary>
internal static class Bits
{
    public static bool Has(ulong set, int number) => (set & (1UL << number)) != 0;

    /// <summary>The lowest number in the set that is not below <paramref name="from"/>.</summary>
    public static int? Lowest(ulong set, int from)
    {
        var rest = set & (ulong.MaxValue << from);
        return rest == 0 ? null : BitOperations.TrailingZeroCount(rest);
    }

    /// <summary>The highest number in the set that is not above <paramref name="until"/>, which may be -1.</summary>
    public static int? Highest(ulong set, int until)
    {
        var rest = until < 0 ? 0 : set & ((2UL << until) - 1);
        return rest == 0 ? null : BitOperations.Log2(rest);
    }
}
