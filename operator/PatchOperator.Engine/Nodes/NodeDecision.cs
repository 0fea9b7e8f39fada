using PatchOperator.Api;
using PatchOperator.Engine.Facts;

namespace PatchOperator.Engine.Nodes;

/// <summary>
/// What to do about one node: the actions in order, then the status. Each action can be repeated without harm, so that a crash
/// between any two of them, or before the status is written, leads to the same decision again.
/// </summary>
public sealed record NodeDecision
{
    public IReadOnlyList<NodeAction> Actions { get; init; } = [];

    public required NodePatchStatus Status { get; init; }

    /// <summary>When to look again though nothing has changed; null when only a change can matter.</summary>
    public TimeSpan? WakeUp { get; init; }

    /// <summary>The decision's reason in words.</summary>
    public required string Why { get; init; }

    /// <summary>Something a person may want to know of.</summary>
    public EngineEvent? Event { get; init; }

    /// <summary>Whether a NodePatch that is being deleted may go.</summary>
    public bool Released { get; init; }
}

/// <summary>An event to publish on the object the decision is about.</summary>
public sealed record EngineEvent(string Reason, string Message, bool Warning = false);

/// <summary>Something to do to a node or on it.</summary>
public abstract record NodeAction
{
    private NodeAction()
    {
    }

    /// <summary>Mark the node unschedulable and ours to undo, in one write, unless somebody else was faster.</summary>
    public sealed record Cordon(string Run) : NodeAction;

    /// <summary>Undo our cordon; nothing when the node is not cordoned by us.</summary>
    public sealed record Uncordon : NodeAction;

    public sealed record Evict(IReadOnlyList<PodToEvict> Pods) : NodeAction;

    /// <summary>Create a Job; one that exists under the name is the same Job.</summary>
    public sealed record CreateJob(JobRequest Job) : NodeAction;

    public sealed record DeleteJob(string Name) : NodeAction;
}

/// <summary>A Job to create on a node.</summary>
public sealed record JobRequest
{
    public required string Name { get; init; }

    public required OperationStep Step { get; init; }

    /// <summary>Names the step's unit on the host; the same for every attempt, so that a second attempt finds the first one's unit.</summary>
    public required string Operation { get; init; }

    public string? Run { get; init; }

    public IReadOnlyList<NodeUpdate> Updates { get; init; } = [];

    public bool RefreshPackageLists { get; init; }

    public required TimeSpan Timeout { get; init; }

    /// <summary>The node's boot ID, for a reboot.</summary>
    public string? BootId { get; init; }
}
