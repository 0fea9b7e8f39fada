using PatchOperator.Api;
using PatchOperator.Engine.Calendars;

namespace PatchOperator.Engine.Windows;

/// <summary>Computes a window's status.</summary>
public static class WindowStatus
{
    /// <param name="window">The window.</param>
    /// <param name="state">Its state now; null when the spec is invalid.</param>
    /// <param name="errors">What is wrong with the spec.</param>
    /// <param name="now">The time now.</param>
    public static PatchWindowStatus Of(PatchWindow window, WindowState? state, IReadOnlyList<SpecError> errors, DateTimeOffset now)
    {
        var generation = window.Metadata.Generation ?? 0;
        var conditions = new Conditions(window.Status.Conditions, generation, now);
        if (state is null)
        {
            var message = string.Join("; ", errors);
            return new PatchWindowStatus
            {
                ObservedGeneration = generation,
                Conditions = conditions
                    .Add(ConditionTypes.Ready, false, Reasons.InvalidSpec, message)
                    .Add(ConditionTypes.Reconciling, false, Reasons.InvalidSpec, "nothing opens until the spec is mended")
                    .Add(ConditionTypes.Stalled, true, Reasons.InvalidSpec, message)
                    .Add(ConditionTypes.Open, false, Reasons.InvalidSpec, "an invalid window never opens")
                    .ToList(),
            };
        }

        return new PatchWindowStatus
        {
            ObservedGeneration = generation,
            Conditions = conditions
                .Add(ConditionTypes.Ready, true, Reasons.Accepted, "the spec is valid")
                .Add(ConditionTypes.Reconciling, false, Reasons.UpToDate, "nothing to do")
                .Add(ConditionTypes.Stalled, false, Reasons.UpToDate, "nothing to do")
                .Add(ConditionTypes.Open, state.IsOpen, state.IsOpen ? Reasons.WindowOpen : Reasons.WindowClosed, state.IsOpen ? "open" : "closed")
                .ToList(),
            Current = state.Current is { } current ? Opening(current) : null,
            Upcoming = [.. state.Upcoming.Take(Limits.UpcomingOpenings).Select(Opening)],
        };
    }

    private static WindowOpening Opening(Opening opening) => new() { OpensAt = opening.OpensAt, ClosesAt = opening.ClosesAt };
}
