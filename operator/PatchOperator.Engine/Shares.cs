using System.Globalization;
using k8s.Models;

namespace PatchOperator.Engine;

/// <summary>Numbers that may be given as a share of a total, such as <c>2</c> or <c>25%</c>.</summary>
public static class Shares
{
    /// <summary>A budget: a share rounds down, but never below one.</summary>
    public static int Budget(IntOrString value, int total) =>
        TryRead(value, out var number, out var percent) && percent ? Math.Max(1, (int)((long)total * number / 100)) : number;

    /// <summary>A threshold: a share rounds up, but never below one.</summary>
    public static int Threshold(IntOrString value, int total) =>
        TryRead(value, out var number, out var percent) && percent ? Math.Max(1, (int)(((long)total * number + 99) / 100)) : number;

    /// <summary>What is wrong with a value, or null.</summary>
    public static string? Validate(IntOrString? value) =>
        value is not null && TryRead(value, out var number, out var percent) && number >= 1 && (!percent || number <= 100)
            ? null
            : $"'{value}' is neither a number from 1 nor a share from 1% to 100%";

    private static bool TryRead(IntOrString value, out int number, out bool percent)
    {
        var text = (string?)value ?? "";
        percent = text.EndsWith('%');
        return int.TryParse(percent ? text[..^1] : text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }
}
