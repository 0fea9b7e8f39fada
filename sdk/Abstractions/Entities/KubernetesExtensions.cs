using k8s;
using k8s.Models;

namespace KubeOps.Abstractions.Entities;

/// <summary>References from one object to another.</summary>
public static class KubernetesExtensions
{
    /// <summary>Names an object, in an event for instance.</summary>
    public static V1ObjectReference MakeObjectReference(this IKubernetesObject<V1ObjectMeta> kubernetesObject) => new()
    {
        ApiVersion = kubernetesObject.ApiVersion,
        Kind = kubernetesObject.Kind,
        Name = kubernetesObject.Metadata.Name,
        NamespaceProperty = kubernetesObject.Metadata.NamespaceProperty,
        ResourceVersion = kubernetesObject.Metadata.ResourceVersion,
        Uid = kubernetesObject.Metadata.Uid,
    };

    /// <summary>Names an object as an owner.</summary>
    public static V1OwnerReference MakeOwnerReference(this IKubernetesObject<V1ObjectMeta> kubernetesObject) => new()
    {
        ApiVersion = kubernetesObject.ApiVersion,
        Kind = kubernetesObject.Kind,
        Name = kubernetesObject.Metadata.Name,
        Uid = kubernetesObject.Metadata.Uid,
    };

    /// <summary>Adds an owner.</summary>
    public static TEntity WithOwnerReference<TEntity>(this TEntity resource, IKubernetesObject<V1ObjectMeta> owner)
        where TEntity : IKubernetesObject<V1ObjectMeta>
    {
        resource.AddOwnerReference(owner.MakeOwnerReference());
        return resource;
    }
}
