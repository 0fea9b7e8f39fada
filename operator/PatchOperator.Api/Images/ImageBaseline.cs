using k8s.Models;
using KubeOps.Abstractions.Entities;

namespace PatchOperator.Api;

/// <summary>The golden image that new nodes start from, kept as patched as the live ones.</summary>
[KubernetesEntity(Group = ApiGroup.Name, ApiVersion = ApiGroup.Version, Kind = KindName, PluralName = "imagebaselines")]
public sealed class ImageBaseline : CustomKubernetesEntity<ImageBaselineSpec, ImageBaselineStatus>
{
    public const string KindName = "ImageBaseline";

    public ImageBaseline()
    {
        ApiVersion = ApiGroup.GroupVersion;
        Kind = KindName;
    }
}
