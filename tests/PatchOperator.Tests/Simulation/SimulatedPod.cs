using k8s.Models;
using PatchOperator.Resources;

namespace PatchOperator.Tests.Simulation;

/// <summary>Somebody's pod on a node.</summary>
internal sealed record SimulatedPod(string Name, string Uid)
{
    /// <summary>Whether a PodDisruptionBudget keeps it from being evicted.</summary>
    public bool Blocked { get; init; }

    /// <summary>Whether a DaemonSet owns it: then it must never be evicted.</summary>
    public bool OfDaemonSet { get; init; }

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
            OwnerReferences = OfDaemonSet ? [new V1OwnerReference { Kind = "DaemonSet", Controller = true }] : null,
        },
        Spec = new PodResource.SpecFields { NodeName = node },
        Status = new PodResource.StatusFields { Phase = "Running" },
    };
}
