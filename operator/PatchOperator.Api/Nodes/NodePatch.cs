using k8s.Models;
using KubeOps.Abstractions.Entities;

namespace PatchOperator.Api;

/// <summary>What is asked of one node, where it stands and what was found on it. Made by the operator, owned by the Node.</summary>
[KubernetesEntity(Group = ApiGroup.Name, ApiVersion = ApiGroup.Version, Kind = KindName, PluralName = "nodepatches")]
public sealed class NodePatch : CustomKubernetesEntity<NodePatchSpec, NodePatchStatus>
{
    public const string KindName = "NodePatch";

    public NodePatch()
    {
        ApiVersion = ApiGroup.GroupVersion;
        Kind = KindName;
    }
}
