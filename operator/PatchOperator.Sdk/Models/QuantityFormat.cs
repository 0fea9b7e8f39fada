using System.Globalization;

namespace k8s.Models;

/// <summary>Reads quantities (https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/).</summary>
internal static class QuantityFormat
{
    private const string Binary = "KMGTPE";
    private const string Decimal = "kMGTPE";
    private const string Fractions = "mun";

    /// <summary>The amount in units; throws <see cref="FormatException"/> for anything that is not a quantity.</summary>
    internal static decimal Parse(string text)
    {
        try
        {
            var digits = text.AsSpan().TrimEnd("numkKMGTPEi");
            var suffix = text.AsSpan(digits.Length);
            return suffix.IsEmpty
                ? decimal.Parse(digits, NumberStyles.Float, CultureInfo.InvariantCulture)
                : decimal.Parse(digits, NumberStyles.Number, CultureInfo.InvariantCulture) * Factor(suffix);
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            throw new FormatException($"'{text}' is not a quantity", e);
        }
    }

    private static decimal Factor(ReadOnlySpan<char> suffix)
    {
        var unit = suffix[0];
        if (suffix is [_, 'i'] && Binary.Contains(unit, StringComparison.Ordinal))
            return Power(1024m, Binary.IndexOf(unit, StringComparison.Ordinal) + 1);
        if (suffix.Length == 1 && Decimal.Contains(unit, StringComparison.Ordinal))
            return Power(1000m, Decimal.IndexOf(unit, StringComparison.Ordinal) + 1);
        if (suffix.Length == 1 && Fractions.Contains(unit, StringComparison.Ordinal))
            return 1m / Power(1000m, Fractions.IndexOf(unit, StringComparison.Ordinal) + 1);
        throw new FormatException($"unknown suffix '{suffix}'");
    }

    private static decimal Power(decimal number, int exponent)
    {
        var result = 1m;
        for (var i = 0; i < exponent; i++)
            result *= number;
        return result;
    }
}
