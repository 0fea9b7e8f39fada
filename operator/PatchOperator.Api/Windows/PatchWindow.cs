using k8s.Models;
using KubeOps.Abstractions.Entities;

namespace PatchOperator.Api;

/// <summary>When patching may happen.</summary>
[KubernetesEntity(Group = ApiGroup.Name, ApiVersion = ApiGroup.Version, Kind = KindName, PluralName = "patchwindows")]
public sealed class PatchWindow : CustomKubernetesEntity<PatchWindowSpec, PatchWindowStatus>
{
    public const string KindName = "PatchWindow";

    public PatchWindow()
    {
        ApiVersion = ApiGroup.GroupVersion;
        Kind = KindName;
    }
}
