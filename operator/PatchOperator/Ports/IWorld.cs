using k8s;
using k8s.Models;
using PatchOperator.Engine.World;

namespace PatchOperator.Ports;

/// <summary>What is known of the cluster: the first of the reconciler's three ports.</summary>
internal interface IWorld
{
    /// <summary>What is known now.</summary>
    Snapshot Snapshot { get; }

    /// <summary>Takes over what a read or a write has just returned, so that the next decision knows of it before the watch does.</summary>
    void Observe(IKubernetesObject<V1ObjectMeta> resource);
}
