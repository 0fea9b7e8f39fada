using k8s;
using k8s.Models;

namespace KubeOps.Abstractions.Entities;

/// <summary>A list of any kind, as the API server answers it.</summary>
public class EntityList<T> : KubernetesObject
    where T : IKubernetesObject
{
    /// <summary>Where the next page starts, and the version the list was read at.</summary>
    public V1ListMeta Metadata { get; set; } = new();

    /// <summary>The objects of this page.</summary>
    public IList<T> Items { get; set; } = [];
}
