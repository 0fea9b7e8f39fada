using PatchOperator.Api;
using PatchOperator.Engine.World;

namespace PatchOperator.Engine.Runs;

/// <summary>The waves of a run, in order, and how far they are.</summary>
internal sealed class RunWaves
{
    public RunWaves(RunInput input, RunNodes nodes)
    {
        var (all, reached) = (new List<WaveState>(), true);
        foreach (var wave in input.Plan?.Spec.Waves ?? [])
        {
            var state = Of(wave, input, nodes.Of(wave.Name), reached);
            all.Add(state);
            if (reached && state.SoakedAt is null)
                (Current, reached) = (state, false);
        }

        (All, Begun) = (all, [.. all.Take(Current is null ? all.Count : all.IndexOf(Current) + 1)]);
        // A plan without waves is one without rules of its own.
        if (all.Count == 0)
            Begun = [new WaveState(new PlanWave(), nodes.All, null, null)];
    }

    /// <summary>All of them; none where the plan has none.</summary>
    public IReadOnlyList<WaveState> All { get; }

    /// <summary>The first that has not finished, or not soaked; null when all have.</summary>
    public WaveState? Current { get; }

    /// <summary>Those whose nodes may begin: the current one, and what is left of those before it.</summary>
    public IReadOnlyList<WaveState> Begun { get; }

    /// <summary>The nodes of these that have not begun, in the plan's order.</summary>
    public IEnumerable<NodeView> Waiting => Begun.SelectMany(wave => wave.Nodes.Pending);

    // A wave stays finished: a node that comes back has its turn beside the nodes of a later one. But one in which nothing was done yet waits for nodes that
    // are away while no window is open.
    private static WaveState Of(PlanWave wave, RunInput input, NodeTally nodes, bool reached)
    {
        var before = input.Run.Status.Waves.FirstOrDefault(known => known.Name == wave.Name);
        var done = nodes.Pending.Count + nodes.InFlight.Count == 0 && (nodes.HasBegun || input.IsOpen);
        var state = new WaveState(
            wave, nodes, before?.StartedAt ?? (nodes.HasBegun ? input.Now : null), before?.FinishedAt ?? (reached && done ? input.Now : null));
        return state with { SoakedAt = before?.SoakedAt ?? (state.SoaksUntil <= input.Now && IsHealthy(state, input) ? input.Now : null) };
    }

    // The soak is not over before every check of it passes, and one that has made the run halt waits for a person.
    private static bool IsHealthy(WaveState wave, RunInput input) =>
        wave.StartedAt is null
        || input.Checks(wave.Wave, CheckTime.Soak).All(check => input.Known(check)?.State != RunCheckState.Failed && input.Health(check) is { Passes: true });
}
