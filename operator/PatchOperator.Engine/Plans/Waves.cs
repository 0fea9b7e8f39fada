using PatchOperator.Api;
using PatchOperator.Engine.Selection;
using PatchOperator.Engine.World;

namespace PatchOperator.Engine.Plans;

/// <summary>Deals the nodes of a plan out to the waves of its policy.</summary>
internal static class Waves
{
    /// <summary>
    /// The waves that have nodes, in order, null where the policy has none; and the nodes in the order in which they are patched: by wave, the control plane
    /// last, by domain of the topology, by name.
    /// </summary>
    /// <param name="rollout">What the policy says.</param>
    /// <param name="nodes">The nodes, by name.</param>
    public static (List<PlanWave>? Waves, List<RunNode> Nodes) Of(PolicyRollout rollout, List<NodeView> nodes)
    {
        if (rollout.Waves.Count == 0)
            return (null, [.. InOrder(rollout, nodes, wave: null)]);
        var (waves, dealt, left) = (new List<PlanWave>(), new List<RunNode>(), nodes.OrderBy(view => view.Node.IsControlPlane).ToList());
        foreach (var wave in rollout.Waves)
        {
            (var taken, left) = Take(wave, left, nodes.Count);
            Add(Frozen(wave), taken);
        }

        Add(new PlanWave { Name = RolloutWave.Rest }, left);
        return (waves, dealt);

        void Add(PlanWave wave, List<NodeView> taken)
        {
            if (taken.Count == 0)
                return;
            waves.Add(wave);
            dealt.AddRange(InOrder(rollout, taken, wave.Name));
        }
    }

    private static (List<NodeView> Taken, List<NodeView> Left) Take(RolloutWave wave, List<NodeView> nodes, int total)
    {
        if (wave.Size is { } size)
        {
            var count = Math.Min(Shares.Threshold(size, total), nodes.Count);
            return (nodes[..count], nodes[count..]);
        }

        var byMatch = nodes.ToLookup(view => LabelSelectors.Matches(wave.NodeSelector, view.Node.Labels));
        return ([.. byMatch[true]], [.. byMatch[false]]);
    }

    private static PlanWave Frozen(RolloutWave wave) => new()
    {
        Name = wave.Name,
        MaxUnavailable = wave.MaxUnavailable,
        FailureThreshold = wave.FailureThreshold,
        Soak = wave.Soak,
        Checks = wave.Checks,
        Approval = wave.Approval,
    };

    private static IEnumerable<RunNode> InOrder(PolicyRollout rollout, List<NodeView> nodes, string? wave) => nodes
        .OrderBy(view => view.Node.IsControlPlane)
        .ThenBy(view => view.Node.DomainOf(rollout.TopologyKey), StringComparer.Ordinal)
        .Select(view => new RunNode { Name = view.Node.Name, Uid = view.Node.Uid, Wave = wave });
}
