using k8s.Models;
using KubeOps.Abstractions.Entities;

namespace PatchOperator.Api;

/// <summary>What a run is to do, frozen: which nodes, which updates, with which settings. Written once, by the operator.</summary>
[KubernetesEntity(Group = ApiGroup.Name, ApiVersion = ApiGroup.Version, Kind = KindName, PluralName = "patchplans")]
public sealed class PatchPlan : CustomKubernetesEntity<PatchPlanSpec>
{
    /// <summary>The kind's name.</summary>
    public const string KindName = "PatchPlan";

    /// <summary>A plan that is empty yet.</summary>
    public PatchPlan()
    {
        ApiVersion = ApiGroup.GroupVersion;
        Kind = KindName;
    }
}
