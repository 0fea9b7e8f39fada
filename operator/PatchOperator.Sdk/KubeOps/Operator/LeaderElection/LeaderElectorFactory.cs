using k8s;
using k8s.LeaderElection;
using k8s.LeaderElection.ResourceLock;
using KubeOps.Abstractions.Builder;
using KubeOps.KubernetesClient;
using Microsoft.Extensions.DependencyInjection;

namespace KubeOps.Operator.LeaderElection;

/// <summary>Makes the elector of this process.</summary>
internal static class LeaderElectorFactory
{
    internal static LeaderElector Create(IServiceProvider services)
    {
        var settings = services.GetRequiredService<OperatorSettings>();

        // Two processes on one machine must not take each other's lease for their own.
        var identity = $"{Environment.MachineName}_{Guid.NewGuid():N}";
        var lease = new LeaseLock(
            services.GetRequiredService<IKubernetes>(),
            services.GetRequiredService<IKubernetesClient>().GetCurrentNamespace(),
            $"{settings.Name}-leader",
            identity);
        var config = new LeaderElectionConfig(lease)
        {
            LeaseDuration = settings.LeaderElectionLeaseDuration,
            RenewDeadline = settings.LeaderElectionRenewDeadline,
            RetryPeriod = settings.LeaderElectionRetryPeriod,
        };
        return new LeaderElector(config, services.GetRequiredService<TimeProvider>());
    }
}
