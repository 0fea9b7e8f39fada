using PatchOperator.Engine.World;

namespace PatchOperator.Engine.Runs;

/// <summary>Nodes of a run, or of a wave of it, by how far they are.</summary>
internal sealed class NodeTally
{
    /// <summary>Nodes that have not had their turn, in the run's order.</summary>
    public List<NodeView> Pending { get; } = [];

    public List<NodeView> InFlight { get; } = [];

    public List<NodeView> Succeeded { get; } = [];

    public List<NodeView> Failed { get; } = [];

    /// <summary>Nodes that are gone, were replaced, left the policy, need nothing of the plan any more, or are away while no window is open.</summary>
    public int Skipped { get; private set; }

    /// <summary>How many of all are unavailable, whoever made them so.</summary>
    public int Unavailable { get; private set; }

    /// <summary>Whether any of them has begun its turn.</summary>
    public bool HasBegun => InFlight.Count + Succeeded.Count + Failed.Count > 0;

    /// <summary>How many nodes there are.</summary>
    public int Total => Pending.Count + InFlight.Count + Succeeded.Count + Failed.Count + Skipped;

    /// <summary>Takes a node down.</summary>
    /// <param name="view">The node; null when it is gone.</param>
    /// <param name="place">The list that it belongs into; null when it is skipped.</param>
    public void Add(NodeView? view, Func<NodeTally, List<NodeView>>? place)
    {
        if (place is null)
            Skipped++;
        else
            place(this).Add(view!);
        if (view?.IsUnavailable == true)
            Unavailable++;
    }
}
