using k8s.Models;
using KubeOps.Abstractions.Entities;

namespace PatchOperator.Api;

/// <summary>One rollout of a policy: the frozen plan and the record of what became of it. Made by the operator.</summary>
[KubernetesEntity(Group = ApiGroup.Name, ApiVersion = ApiGroup.Version, Kind = KindName, PluralName = "patchruns")]
public sealed class PatchRun : CustomKubernetesEntity<PatchRunSpec, PatchRunStatus>
{
    public const string KindName = "PatchRun";

    public PatchRun()
    {
        ApiVersion = ApiGroup.GroupVersion;
        Kind = KindName;
    }
}
