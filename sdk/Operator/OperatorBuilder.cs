using k8s;
using k8s.LeaderElection;
using k8s.Models;
using KubeOps.Abstractions.Builder;
using KubeOps.Abstractions.Events;
using KubeOps.Abstractions.Reconciliation.Controller;
using KubeOps.Abstractions.Reconciliation.Finalizer;
using KubeOps.Abstractions.Reconciliation.Queue;
using KubeOps.KubernetesClient;
using KubeOps.Operator.Events;
using KubeOps.Operator.LeaderElection;
using KubeOps.Operator.Queue;
using KubeOps.Operator.Reconciliation;
using KubeOps.Operator.Watcher;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace KubeOps.Operator;

/// <inheritdoc/>
internal sealed class OperatorBuilder : IOperatorBuilder
{
    internal OperatorBuilder(IServiceCollection services, OperatorSettings settings)
    {
        Services = services;
        Settings = settings;
        AddClient();
        services.AddSingleton(settings);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<Publisher>();
        services.TryAddTransient<EventPublisher>(provider => provider.GetRequiredService<Publisher>().PublishAsync);

        // Started first and stopped last: the lease is given up only when all work has ended.
        if (settings.LeaderElectionType == LeaderElectionType.Single)
            AddLeaderElection();
    }

    public IServiceCollection Services { get; }

    public OperatorSettings Settings { get; }

    public IOperatorBuilder AddController<TImplementation, TEntity>()
        where TImplementation : class, IEntityController<TEntity>
        where TEntity : IKubernetesObject<V1ObjectMeta>
    {
        if (Services.Any(service => service.ServiceType == typeof(EntityPipeline<TEntity>)))
            throw new InvalidOperationException($"{typeof(TEntity).Name} has a controller already");

        Services.AddScoped<TImplementation>();
        Services.TryAddScoped<IEntityController<TEntity>, TImplementation>();
        Services.AddSingleton<WorkQueue<TEntity>>();
        Services.AddSingleton<EntityWatcher<TEntity>>();
        Services.AddSingleton<EntityReconciler<TEntity>>();
        Services.AddSingleton<EntityPipeline<TEntity>>();
        Services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<EntityPipeline<TEntity>>());
        Services.TryAddTransient<EntityQueue<TEntity>>(provider => provider.GetRequiredService<WorkQueue<TEntity>>().EnqueueAsync);
        return this;
    }

    public IOperatorBuilder AddFinalizer<TImplementation, TEntity>(string identifier)
        where TImplementation : class, IEntityFinalizer<TEntity>
        where TEntity : IKubernetesObject<V1ObjectMeta>
    {
        Services.TryAddKeyedTransient<IEntityFinalizer<TEntity>, TImplementation>(identifier);
        return this;
    }

    private void AddClient()
    {
        Services.TryAddSingleton(_ => KubernetesClientConfiguration.BuildDefaultConfig());
        Services.TryAddSingleton<IKubernetes>(provider => new Kubernetes(provider.GetRequiredService<KubernetesClientConfiguration>()));
        Services.TryAddSingleton<IKubernetesClient>(provider => new KubernetesClient.KubernetesClient(
            provider.GetRequiredService<KubernetesClientConfiguration>(), provider.GetRequiredService<IKubernetes>()));
    }

    private void AddLeaderElection()
    {
        Services.TryAddSingleton<LeaderElector>(LeaderElectorFactory.Create);
        Services.AddHostedService<LeaderElectionService>();
    }
}
