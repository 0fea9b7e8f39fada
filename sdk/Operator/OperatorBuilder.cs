using k8s;
using KubeOps.Abstractions.Builder;
using KubeOps.Abstractions.Events;
using KubeOps.KubernetesClient;
using KubeOps.Operator.Events;
using KubeOps.Operator.LeaderElection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace KubeOps.Operator;

/// <inheritdoc/>
internal sealed class OperatorBuilder : IOperatorBuilder
{
    internal OperatorBuilder(IServiceCollection services, OperatorSettings settings)
    {
        Services = services;
        services.AddSingleton(settings);
        services.TryAddSingleton<IKubernetesClient>(provider => new KubernetesClient.KubernetesClient(
            provider.GetRequiredService<KubernetesClientConfiguration>(), provider.GetRequiredService<IKubernetes>()));
        services.TryAddSingleton<Publisher>();
        services.TryAddTransient<EventPublisher>(provider => provider.GetRequiredService<Publisher>().PublishAsync);

        // Started first and stopped last: the lease is given up only when all work has ended.
        if (settings.LeaderElectionType == LeaderElectionType.Single)
            services.AddHostedService<LeaderElectionService>();
    }

    public IServiceCollection Services { get; }
}
