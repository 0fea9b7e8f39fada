using k8s;
using k8s.Models;
using PatchOperator.Engine.World;

namespace PatchOperator.Reconciling;

/// <summary>What the reconciler must know of one of our kinds.</summary>
internal sealed record Kind<TEntity, TStatus>
    where TEntity : class, IKubernetesObject<V1ObjectMeta>
{
    /// <summary>Such as <c>PatchPolicy</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Looks an object up; null when there is none of that name.</summary>
    public required Func<Snapshot, string, TEntity?> Find { get; init; }

    /// <summary>All of them.</summary>
    public required Func<Snapshot, IEnumerable<TEntity>> All { get; init; }

    /// <summary>An object's status.</summary>
    public required Func<TEntity, TStatus> StatusOf { get; init; }

    /// <summary>The object with another status.</summary>
    public required Func<TEntity, TStatus, TEntity> With { get; init; }

    /// <summary>What keeps a deleted object until a decision releases it; null when nothing must be done before it goes.</summary>
    public string? Finalizer { get; init; }

    /// <summary>
    /// Whether one decision is made and carried out at a time, over all objects of the kind: each sees what the one before has reserved, so that
    /// two of them cannot both take the last slot.
    /// </summary>
    public bool OneAtATime { get; init; }

    /// <summary>Told of each status that was written: the object as it was, and its status now.</summary>
    public Action<TEntity, TStatus> Written { get; init; } = (_, _) => { };
}
