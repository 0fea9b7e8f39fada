using PatchOperator.Engine.World;

namespace PatchOperator.Engine.Runs;

/// <summary>Of the nodes of the cluster's control plane one at a time is unavailable by us, whatever their policies say: etcd must keep its quorum.</summary>
internal sealed class ControlPlane(RunState run)
{
    private NodeView[]? nodes;
    private NodeView? admitted;

    /// <summary>Whether no other node of the control plane has its turn, is away, or was left cordoned by us.</summary>
    public bool HasRoomFor(NodeView view) => !view.Node.IsControlPlane || (admitted is null && Busy(view) is null);

    /// <summary>Counts a node that is admitted.</summary>
    public void Add(NodeView view)
    {
        if (view.Node.IsControlPlane)
            admitted = view;
    }

    /// <summary>Why a node waits for another, in words; null when it does not.</summary>
    public string? Blocked(NodeView view) => HasRoomFor(view) || Busy(view) is not { } busy
        ? null
        : $"one control-plane node at a time has its turn, and {view.Node.Name} waits for {busy.Node.Name}";

    // A cordon that somebody else has set says nothing of what runs there.
    private NodeView? Busy(NodeView view) => (nodes ??= [.. run.Input.ControlPlane()])
        .FirstOrDefault(other => other.Node.Uid != view.Node.Uid && (other.HoldsSlot || !other.Node.Ready || other.Node.CordonedBy is not null));
}
