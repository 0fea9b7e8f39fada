using k8s.Models;
using PatchOperator.Engine.Calendars;
using PatchOperator.Engine.Selection;

namespace PatchOperator.Engine.World;

/// <summary>
/// A window with the effect Blackout. One whose spec cannot be read lasts until it is mended, for the policies that it can be seen to select: a mistake in it
/// must not let nodes be patched that somebody meant to be left alone.
/// </summary>
public sealed class Freeze
{
    private readonly WindowEntry window;
    private readonly V1LabelSelector? selector;

    internal Freeze(WindowEntry window)
    {
        var given = window.Window.Spec.PolicySelector;
        (this.window, selector) = (window, given is null || LabelSelectors.Validate(given, "").Any() ? null : given);
        Closure = new FreezeClosure(Name, window.Calendar);
    }

    /// <summary>The window's name.</summary>
    public string Name => window.Window.Metadata.Name;

    /// <summary>Whether it closes the windows of every policy; so does one whose selector cannot be read.</summary>
    public bool OfEveryPolicy => selector is null;

    /// <summary>The times in which it closes windows.</summary>
    internal IClosure Closure { get; }

    /// <summary>Whether it closes the windows of a policy with these labels.</summary>
    public bool Concerns(IDictionary<string, string>? labels) => selector is null || LabelSelectors.Matches(selector, labels?.ToDictionary() ?? []);

    /// <summary>What it says at an instant.</summary>
    public FreezeState At(DateTimeOffset now)
    {
        if (window.Calendar is null)
            return new FreezeState(Lasts: true, Until: null, $"the spec of blackout '{Name}' is invalid, and it lasts until that is mended: "
                + string.Join("; ", window.Errors));
        var state = window.Calendar.At(now);
        return new FreezeState(
            state.IsOpen,
            state.NextChange,
            state.Current is { } time ? $"blackout '{Name}' lasts until {time.ClosesAt.UtcDateTime:yyyy-MM-dd HH:mm} UTC" : $"blackout '{Name}' does not last");
    }
}
