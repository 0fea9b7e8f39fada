using System.Globalization;

namespace PatchOperator.Sdk.Json;

/// <summary>The three ways Kubernetes writes a time, all RFC 3339 in UTC, and one way to read them all.</summary>
internal static class KubernetesTime
{
    private const int TickDigits = 7;
    private const string SecondsFormat = "yyyy-MM-dd'T'HH:mm:ss'Z'";
    private const string MicrosecondsFormat = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";

    /// <summary>metav1.Time: the server drops fractions of a second.</summary>
    internal static string WholeSeconds(DateTimeOffset time) => Format(time, SecondsFormat);

    /// <summary>metav1.MicroTime: the server insists on six digits.</summary>
    internal static string Microseconds(DateTimeOffset time) => Format(time, MicrosecondsFormat);

    /// <summary>For fields whose kind of time is not known: six digits only where there is a fraction.</summary>
    internal static string Shortest(DateTimeOffset time) =>
        time.Ticks % TimeSpan.TicksPerSecond == 0 ? WholeSeconds(time) : Microseconds(time);

    /// <summary>Reads any number of fractional digits and any offset; what is finer than a tick is cut off, not rounded.</summary>
    internal static DateTimeOffset Parse(string? text) =>
        DateTimeOffset.TryParse(WithoutNanoseconds(text), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : throw new FormatException($"'{text}' is not an RFC 3339 time");

    private static string? WithoutNanoseconds(string? text)
    {
        var dot = text?.IndexOf('.', StringComparison.Ordinal) ?? -1;
        if (dot < 0)
            return text;

        var digits = text!.AsSpan(dot + 1).IndexOfAnyExceptInRange('0', '9') is >= 0 and var length ? length : text!.Length - dot - 1;
        return digits <= TickDigits ? text : string.Concat(text.AsSpan(0, dot + 1 + TickDigits), text.AsSpan(dot + 1 + digits));
    }

    private static string Format(DateTimeOffset time, string format) =>
        time.ToUniversalTime().ToString(format, CultureInfo.InvariantCulture);
}
