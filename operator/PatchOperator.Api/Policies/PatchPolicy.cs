using k8s.Models;
using KubeOps.Abstractions.Entities;

namespace PatchOperator.Api;

/// <summary>What patched means, for which nodes, and how to get there.</summary>
[KubernetesEntity(Group = ApiGroup.Name, ApiVersion = ApiGroup.Version, Kind = KindName, PluralName = "patchpolicies")]
public sealed class PatchPolicy : CustomKubernetesEntity<PatchPolicySpec, PatchPolicyStatus>
{
    public const string KindName = "PatchPolicy";

    public PatchPolicy()
    {
        ApiVersion = ApiGroup.GroupVersion;
        Kind = KindName;
    }
}
