using k8s;
using k8s.LeaderElection;
using k8s.LeaderElection.ResourceLock;
using KubeOps.Abstractions.Builder;
using KubeOps.KubernetesClient;
using Microsoft.Extensions.DependencyInjection;

namespace KubeOps.Operator.LeaderElection;

/// <summary>Makes the elector of a process that brings none of its own.</summary>
internal static class LeaderElectorFactory
{
    internal static LeaderElector Create(IServiceProvider services)
    {
        var settings = services.GetRequiredService<OperatorSettings>();
        var lease = new LeaseLock(
            services.GetRequiredService<IKubernetes>(),
            services.GetRequiredService<IKubernetesClient>().GetCurrentNamespace(),
            $"{settings.Name}-leader",
            Environment.MachineName);
        return new LeaderElector(new LeaderElectionConfig(lease)
        {
            LeaseDuration = settings.LeaderElectionLeaseDuration,
            RenewDeadline = settings.LeaderElectionRenewDeadline,
            RetryPeriod = settings.LeaderElectionRetryPeriod,
        });
    }
}
