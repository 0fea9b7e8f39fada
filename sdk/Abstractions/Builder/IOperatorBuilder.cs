using k8s;
using k8s.Models;
using KubeOps.Abstractions.Reconciliation.Controller;
using KubeOps.Abstractions.Reconciliation.Finalizer;
using Microsoft.Extensions.DependencyInjection;

namespace KubeOps.Abstractions.Builder;

/// <summary>Puts an operator together.</summary>
public interface IOperatorBuilder
{
    /// <summary>The services of the program.</summary>
    IServiceCollection Services { get; }

    /// <summary>The settings of the operator.</summary>
    OperatorSettings Settings { get; }

    /// <summary>Watches a kind and hands its objects to a controller; one controller per kind.</summary>
    IOperatorBuilder AddController<TImplementation, TEntity>()
        where TImplementation : class, IEntityController<TEntity>
        where TEntity : IKubernetesObject<V1ObjectMeta>;

    /// <summary>
    /// Runs before an object of this kind is let go. With automatic attachment the identifier must be
    /// <c>{group}/{class name in lower case, ending in finalizer}</c>.
    /// </summary>
    IOperatorBuilder AddFinalizer<TImplementation, TEntity>(string identifier)
        where TImplementation : class, IEntityFinalizer<TEntity>
        where TEntity : IKubernetesObject<V1ObjectMeta>;
}
