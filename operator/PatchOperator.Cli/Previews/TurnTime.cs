using PatchOperator.Api;
using PatchOperator.Engine;
using PatchOperator.Engine.World;

namespace PatchOperator.Cli.Previews;

/// <summary>How long a node's turn takes.</summary>
/// <param name="Time">Longer than zero.</param>
/// <param name="Source">Where that is from, in words.</param>
internal sealed record TurnTime(TimeSpan Time, string Source)
{
    /// <summary>What is taken where nothing is known: a drain, some packages and a reboot.</summary>
    public static readonly TimeSpan Usual = TimeSpan.FromMinutes(15);

    /// <summary>As it was given; else as the last turns of the policy's nodes took that succeeded, the one in their middle; else <see cref="Usual"/>.</summary>
    public static TurnTime Of(TimeSpan? given, PolicyNodes nodes)
    {
        if (given is { } time)
            return new TurnTime(time, "as given");
        var measured = nodes.Members.Values
            .Select(view => view.Status?.LastOperation)
            .Where(last => last is { Result: OperationResult.Succeeded, FinishedAt: not null })
            .Select(last => last!.FinishedAt!.Value - last.StartedAt)
            .Order().ToList();
        return measured.Count > 0
            ? new TurnTime(TimeSpan.FromMinutes(Math.Max(1, Math.Ceiling(measured[measured.Count / 2].TotalMinutes))), $"as the last turns of {measured.Count} nodes took")
            : new TurnTime(Usual, "which is a guess: see --time-per-node");
    }

    /// <inheritdoc/>
    public override string ToString() => Durations.Format(Time);
}
