#nullable disable // as the package: no annotations

using System.Reflection;
using k8s.Models;

namespace k8s;

/// <summary>What a class says of itself by its <see cref="KubernetesEntityAttribute"/>.</summary>
public static class Extensions
{
    /// <summary>The attribute of the object's class; throws <see cref="InvalidOperationException"/> without one.</summary>
    public static KubernetesEntityAttribute GetKubernetesTypeMetadata<T>(this T obj)
        where T : IKubernetesObject =>
        obj.GetType().GetKubernetesTypeMetadata();

    /// <summary>The attribute of a class; throws <see cref="InvalidOperationException"/> without one.</summary>
    public static KubernetesEntityAttribute GetKubernetesTypeMetadata(this Type currentType) =>
        currentType.GetCustomAttribute<KubernetesEntityAttribute>()
        ?? throw new InvalidOperationException($"{currentType} has no {nameof(KubernetesEntityAttribute)}");

    /// <summary>Sets API version, kind and metadata of a new object.</summary>
    public static T Initialize<T>(this T obj)
        where T : IKubernetesObject
    {
        var entity = obj.GetKubernetesTypeMetadata();
        obj.ApiVersion = string.IsNullOrEmpty(entity.Group) ? entity.ApiVersion : $"{entity.Group}/{entity.ApiVersion}";
        obj.Kind = entity.Kind ?? obj.GetType().Name;
        if (obj is IMetadata<V1ObjectMeta> { Metadata: null } withoutMetadata)
            withoutMetadata.Metadata = new V1ObjectMeta();
        return obj;
    }
}
