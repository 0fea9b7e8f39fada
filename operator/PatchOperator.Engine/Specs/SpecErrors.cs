using PatchOperator.Engine.Calendars;

namespace PatchOperator.Engine.Specs;

/// <summary>Rules that the specs of several kinds share; each gives no error, or says what is wrong.</summary>
internal static class SpecErrors
{
    public static IEnumerable<SpecError> Error(string field, string? message) => message is null ? [] : [new SpecError(field, message)];

    /// <summary>A duration that must be longer than zero, and <paramref name="atLeast"/>.</summary>
    public static IEnumerable<SpecError> Positive(string field, string text, string example, TimeSpan atLeast = default) =>
        Error(field, Durations.Problem(text, example, atLeast));

    /// <param name="field">The list of names.</param>
    /// <param name="names">Names of PatchWindows.</param>
    /// <param name="windows">The calendars of all PatchWindows by name; null for one whose spec is invalid.</param>
    public static IEnumerable<SpecError> WindowNames(string field, IEnumerable<string> names, IReadOnlyDictionary<string, WindowCalendar?> windows) =>
        names.SelectMany((name, index) => Error(
            $"{field}[{index}]",
            !windows.TryGetValue(name, out var calendar) ? $"there is no PatchWindow '{name}'"
            : calendar is null ? $"PatchWindow '{name}' is invalid: see its Ready condition"
            : null));
}
