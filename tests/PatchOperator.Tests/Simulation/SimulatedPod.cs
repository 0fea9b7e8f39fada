using k8s.Models;
using PatchOperator.Resources;

namespace PatchOperator.Tests.Simulation;

/// <summary>Somebody's pod on a node.</summary>
internal sealed record SimulatedPod(string Name, string Uid)
{
    /// <summary>How many PodDisruptionBudgets select it, none of which has room.</summary>
    public int Budgets { get; init; }

    /// <summary>Whether a DaemonSet owns it: then it must never be evicted.</summary>
    public bool OfDaemonSet { get; init; }

    /// <summary>Whether nothing owns it, and makes it anew.</summary>
    public bool Unmanaged { get; init; }

    public int Priority { get; init; }

    /// <summary>When it must have ended, once it was evicted.</summary>
    public DateTime? EndsBy { get; init; }

    public PodResource Resource(string node) => new()
    {
        Metadata = new V1ObjectMeta
        {
            Name = Name,
            NamespaceProperty = "default",
            Uid = Uid,
            DeletionTimestamp = EndsBy,
            OwnerReferences = Unmanaged ? null : [new V1OwnerReference { Kind = OfDaemonSet ? "DaemonSet" : "ReplicaSet", Controller = true }],
        },
        Spec = new PodResource.SpecFields { NodeName = node, Priority = Priority },
        Status = new PodResource.StatusFields { Phase = "Running" },
    };
}
