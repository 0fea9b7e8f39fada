#nullable disable // as the package: no annotations

namespace k8s.Models;

/// <summary>Short ways into metadata. Reading never throws on missing metadata; writing creates it.</summary>
public static class ModelExtensions
{
    public static string Name(this IMetadata<V1ObjectMeta> obj) => obj?.Metadata?.Name;

    public static string Namespace(this IMetadata<V1ObjectMeta> obj) => obj?.Metadata?.NamespaceProperty;

    public static string Uid(this IMetadata<V1ObjectMeta> obj) => obj?.Metadata?.Uid;

    public static long? Generation(this IMetadata<V1ObjectMeta> obj) => obj?.Metadata?.Generation;

    public static string ResourceVersion(this IMetadata<V1ObjectMeta> obj) => obj?.Metadata?.ResourceVersion;

    public static DateTime? CreationTimestamp(this IMetadata<V1ObjectMeta> obj) => obj?.Metadata?.CreationTimestamp;

    public static DateTime? DeletionTimestamp(this IMetadata<V1ObjectMeta> obj) => obj?.Metadata?.DeletionTimestamp;

    public static IDictionary<string, string> Labels(this IMetadata<V1ObjectMeta> obj) => obj?.Metadata?.Labels;

    public static IDictionary<string, string> Annotations(this IMetadata<V1ObjectMeta> obj) => obj?.Metadata?.Annotations;

    public static IList<string> Finalizers(this IMetadata<V1ObjectMeta> obj) => obj?.Metadata?.Finalizers;

    public static IList<V1OwnerReference> OwnerReferences(this IMetadata<V1ObjectMeta> obj) => obj?.Metadata?.OwnerReferences;

    /// <summary>The value of a label, or null.</summary>
    public static string GetLabel(this IMetadata<V1ObjectMeta> obj, string key) => Value(obj, obj.Labels(), key);

    /// <summary>The value of an annotation, or null.</summary>
    public static string GetAnnotation(this IMetadata<V1ObjectMeta> obj, string key) => Value(obj, obj.Annotations(), key);

    /// <summary>Sets a label, or removes it when <paramref name="value"/> is null.</summary>
    public static void SetLabel(this IMetadata<V1ObjectMeta> obj, string key, string value)
    {
        var metadata = obj.EnsureMetadata();
        metadata.Labels = With(metadata.Labels, key, value);
    }

    /// <summary>Sets an annotation, or removes it when <paramref name="value"/> is null.</summary>
    public static void SetAnnotation(this IMetadata<V1ObjectMeta> obj, string key, string value)
    {
        var metadata = obj.EnsureMetadata();
        metadata.Annotations = With(metadata.Annotations, key, value);
    }

    /// <summary>The metadata, created if there was none.</summary>
    public static V1ObjectMeta EnsureMetadata(this IMetadata<V1ObjectMeta> obj)
    {
        ArgumentNullException.ThrowIfNull(obj);
        return obj.Metadata ??= new V1ObjectMeta();
    }

    /// <summary>Whether the object has this finalizer.</summary>
    public static bool HasFinalizer(this IMetadata<V1ObjectMeta> obj, string finalizer)
    {
        ArgumentNullException.ThrowIfNull(obj);
        ArgumentException.ThrowIfNullOrEmpty(finalizer);
        return obj.Finalizers()?.Contains(finalizer) == true;
    }

    /// <summary>Adds a finalizer; false if it was there.</summary>
    public static bool AddFinalizer(this IMetadata<V1ObjectMeta> obj, string finalizer)
    {
        if (obj.HasFinalizer(finalizer))
            return false;

        (obj.EnsureMetadata().Finalizers ??= []).Add(finalizer);
        return true;
    }

    /// <summary>Removes a finalizer; false if it was not there.</summary>
    public static bool RemoveFinalizer(this IMetadata<V1ObjectMeta> obj, string finalizer)
    {
        ArgumentNullException.ThrowIfNull(obj);
        ArgumentException.ThrowIfNullOrEmpty(finalizer);
        return obj.Finalizers()?.Remove(finalizer) == true;
    }

    /// <summary>Adds an owner.</summary>
    public static void AddOwnerReference(this IMetadata<V1ObjectMeta> obj, V1OwnerReference ownerRef)
    {
        ArgumentNullException.ThrowIfNull(ownerRef);
        (obj.EnsureMetadata().OwnerReferences ??= []).Add(ownerRef);
    }

    /// <summary>The owner that manages this object, or null.</summary>
    public static V1OwnerReference GetController(this IMetadata<V1ObjectMeta> obj) =>
        obj.OwnerReferences()?.FirstOrDefault(owner => owner.Controller == true);

    /// <summary>Whether <paramref name="owner"/> is one of the owners, by kind, name and UID.</summary>
    public static bool IsOwnedBy(this IMetadata<V1ObjectMeta> obj, IKubernetesObject<V1ObjectMeta> owner)
    {
        ArgumentNullException.ThrowIfNull(obj);
        return obj.OwnerReferences()?.Any(reference => reference.Matches(owner)) == true;
    }

    /// <summary>Whether the reference names this object.</summary>
    public static bool Matches(this V1OwnerReference owner, IKubernetesObject<V1ObjectMeta> obj)
    {
        ArgumentNullException.ThrowIfNull(owner);
        ArgumentNullException.ThrowIfNull(obj);
        return owner.ApiVersion == obj.ApiVersion && owner.Kind == obj.Kind && owner.Name == obj.Name() && owner.Uid == obj.Uid();
    }

    public static string ResourceVersion(this IMetadata<V1ListMeta> list) => list?.Metadata?.ResourceVersion;

    /// <summary>Where the next page of a list starts; null or empty at its end.</summary>
    public static string Continue(this IMetadata<V1ListMeta> list) => list?.Metadata?.ContinueProperty;

    private static string Value(IMetadata<V1ObjectMeta> obj, IDictionary<string, string> values, string key)
    {
        ArgumentNullException.ThrowIfNull(obj);
        ArgumentNullException.ThrowIfNull(key);
        return values is not null && values.TryGetValue(key, out var value) ? value : null;
    }

    private static IDictionary<string, string> With(IDictionary<string, string> values, string key, string value)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (value is null)
            values?.Remove(key);
        else
            (values ??= new Dictionary<string, string>())[key] = value;
        return values;
    }
}
