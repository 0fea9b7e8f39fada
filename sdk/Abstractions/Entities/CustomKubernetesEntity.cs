using k8s;
using k8s.Models;

namespace KubeOps.Abstractions.Entities;

/// <summary>The base of a custom kind.</summary>
public abstract class CustomKubernetesEntity : KubernetesObject, IKubernetesObject<V1ObjectMeta>
{
    /// <summary>The metadata.</summary>
    public V1ObjectMeta Metadata { get; set; } = new();
}

/// <summary>The base of a custom kind with a spec.</summary>
public abstract class CustomKubernetesEntity<TSpec> : CustomKubernetesEntity, ISpec<TSpec>
    where TSpec : new()
{
    /// <summary>What is wanted.</summary>
    public TSpec Spec { get; set; } = new();
}

/// <summary>The base of a custom kind with a spec and a status.</summary>
public abstract class CustomKubernetesEntity<TSpec, TStatus> : CustomKubernetesEntity<TSpec>, IStatus<TStatus>
    where TSpec : new()
    where TStatus : new()
{
    /// <summary>What is.</summary>
    public TStatus Status { get; set; } = new();
}
