using System.Text.RegularExpressions;
using PatchOperator.Engine.Calendars;

namespace PatchOperator.Engine.Specs;

/// <summary>Rules that the specs of several kinds share; each gives no error, or says what is wrong.</summary>
internal static partial class SpecErrors
{
    public static IEnumerable<SpecError> Error(string field, string? message) => message is null ? [] : [new SpecError(field, message)];

    /// <summary>A duration that must be longer than zero, and <paramref name="atLeast"/>.</summary>
    public static IEnumerable<SpecError> Positive(string field, string text, string example, TimeSpan atLeast = default) =>
        Error(field, Durations.Problem(text, example, atLeast));

    /// <summary>What is wrong with a name that becomes a label, or could; null when nothing is.</summary>
    public static string? NameProblem(string name) =>
        Name().IsMatch(name) ? null : $"'{name}' is not a name of at most 63 lower-case letters, digits and dashes";

    /// <summary>Names that are there more than once.</summary>
    public static IEnumerable<SpecError> Twice(string field, IEnumerable<string> names) =>
        names.GroupBy(name => name).Where(same => same.Count() > 1).Select(same => new SpecError(field, $"names '{same.Key}' more than once"));

    /// <summary>What is wrong with the length of a list; null when nothing is.</summary>
    public static string? TooMany(int count, int most) => count > most ? $"has {count} entries; {most} is the most" : null;

    /// <param name="field">The list of names.</param>
    /// <param name="names">Names of PatchWindows.</param>
    /// <param name="windows">The calendars of all PatchWindows by name; null for one whose spec is invalid.</param>
    public static IEnumerable<SpecError> WindowNames(string field, IEnumerable<string> names, IReadOnlyDictionary<string, WindowCalendar?> windows) =>
        names.SelectMany((name, index) => Error(
            $"{field}[{index}]",
            !windows.TryGetValue(name, out var calendar) ? $"there is no PatchWindow '{name}'"
            : calendar?.Effect == Api.WindowEffect.Blackout ? $"PatchWindow '{name}' is a Blackout: it closes the windows of policies, and opens for none"
            : calendar is null ? $"PatchWindow '{name}' is invalid: see its Ready condition"
            : null));

    [GeneratedRegex(@"\A[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?\z")]
    private static partial Regex Name();
}
