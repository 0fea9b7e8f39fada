using PatchOperator.Engine.Facts;

namespace PatchOperator.Engine.Nodes;

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

    /// <summary>Ask for the eviction of each of these pods.</summary>
    public sealed record Evict(IReadOnlyList<PodToEvict> Pods) : NodeAction;

    /// <summary>Create a Job; one that exists under the name is the same Job.</summary>
    public sealed record CreateJob(JobRequest Job) : NodeAction;

    /// <summary>Delete a Job, with its pods; nothing when it is gone.</summary>
    public sealed record DeleteJob(string Name) : NodeAction;
}
