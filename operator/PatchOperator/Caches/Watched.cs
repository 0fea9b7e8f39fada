using k8s;
using k8s.Models;

namespace PatchOperator.Caches;

/// <summary>What an informer lists and watches.</summary>
/// <param name="Store">Where it goes.</param>
/// <param name="Namespace">Null for a cluster-scoped kind.</param>
/// <param name="LabelSelector">Null for all of them.</param>
/// <param name="PageSize">How many are listed at a time.</param>
internal sealed record Watched<TResource>(Store<TResource> Store, string? Namespace = null, string? LabelSelector = null, int PageSize = 500)
    where TResource : IKubernetesObject<V1ObjectMeta>;
