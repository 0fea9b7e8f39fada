using k8s.Models;
using KubeOps.Abstractions.Entities;

namespace PatchOperator.Api;

/// <summary>What a run did to some of its nodes, for good. Written by the operator: nodes are added until it is complete, then it never changes.</summary>
[KubernetesEntity(Group = ApiGroup.Name, ApiVersion = ApiGroup.Version, Kind = KindName, PluralName = "patchrecords")]
public sealed class PatchRecord : CustomKubernetesEntity<PatchRecordSpec>
{
    /// <summary>The kind's name.</summary>
    public const string KindName = "PatchRecord";

    /// <summary>A record that is empty yet.</summary>
    public PatchRecord()
    {
        ApiVersion = ApiGroup.GroupVersion;
        Kind = KindName;
    }
}
