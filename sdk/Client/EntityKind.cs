using System.Collections.Concurrent;
using System.Reflection;
using System.Text;
using k8s;
using k8s.Models;

namespace KubeOps.KubernetesClient;

/// <summary>Where a class is served.</summary>
internal sealed record EntityKind(string Group, string Version, string Plural)
{
    private static readonly ConcurrentDictionary<Type, EntityKind> Known = new();

    /// <summary>Throws <see cref="ArgumentException"/> for a class that does not say.</summary>
    internal static EntityKind Of<TEntity>() => Known.GetOrAdd(typeof(TEntity), Read);

    internal GenericClient Client(IKubernetes kubernetes) => new(kubernetes, Group, Version, Plural, disposeClient: false);

    /// <summary>What to ask for to watch this kind, in one namespace or in all.</summary>
    internal string WatchPath(string? @namespace, string? resourceVersion, string? labelSelector, string? fieldSelector, bool? allowWatchBookmarks)
    {
        var path = new StringBuilder(Group.Length == 0 ? $"api/{Version}" : $"apis/{Group}/{Version}");
        if (@namespace is not null)
            path.Append("/namespaces/").Append(Uri.EscapeDataString(@namespace));
        path.Append('/').Append(Plural).Append("?watch=true");
        Append("resourceVersion", resourceVersion);
        Append("labelSelector", labelSelector);
        Append("fieldSelector", fieldSelector);
        if (allowWatchBookmarks == true)
            Append("allowWatchBookmarks", "true");
        return path.ToString();

        void Append(string name, string? value)
        {
            if (value is not null)
                path.Append('&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
        }
    }

    private static EntityKind Read(Type type)
    {
        var entity = type.GetCustomAttribute<KubernetesEntityAttribute>()
            ?? throw new ArgumentException($"{type} has no {nameof(KubernetesEntityAttribute)}");
        var kind = string.IsNullOrEmpty(entity.Kind) ? type.Name : entity.Kind;
        var plural = string.IsNullOrEmpty(entity.PluralName) ? $"{kind}s" : entity.PluralName;
        return new EntityKind(
            entity.Group ?? string.Empty,
            string.IsNullOrEmpty(entity.ApiVersion) ? "v1" : entity.ApiVersion,
#pragma warning disable CA1308 // names in addresses are lower case
            plural.ToLowerInvariant());
#pragma warning restore CA1308
    }
}
