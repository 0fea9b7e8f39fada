using PatchOperator.Api;
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
        if (measured.Count == 0)
            return new TurnTime(Usual, "which is a guess: see --time-per-node");
        var minutes = Math.Max(1, Math.Ceiling(measured[measured.Count / 2].TotalMinutes));
        return new TurnTime(TimeSpan.FromMinutes(minutes), $"as the last turns of {measured.Count} nodes took");
    }
}
