using k8s.LeaderElection;
using k8s.LeaderElection.ResourceLock;
using KubeOps.Abstractions.Builder;
using KubeOps.KubernetesClient;

namespace PatchOperator.Leading;

/// <summary>The election of this process, which KubeOps runs: one replica works, the others stand by, and one has stopped before another starts.</summary>
internal static class Election
{
    /// <summary>How long others wait after the last renewal they saw.</summary>
    public static readonly TimeSpan LeaseDuration = TimeSpan.FromSeconds(15);

    /// <summary>
    /// How long the leader tries to renew before it stops: less than is usual, so that a request for the lease may take 2.5 s. A slow API server would cut off
    /// all of them.
    /// </summary>
    public static readonly TimeSpan RenewDeadline = TimeSpan.FromSeconds(8);

    /// <summary>The pause between two attempts.</summary>
    public static readonly TimeSpan RetryPeriod = TimeSpan.FromSeconds(2);

    /// <summary>What replicas compete for.</summary>
    public static TimelyLock Lease(IServiceProvider services)
    {
        var (settings, client) = (services.GetRequiredService<OperatorSettings>(), services.GetRequiredService<IKubernetesClient>());
        // Two processes on one machine must not take each other's lease for their own.
        var identity = $"{Environment.MachineName}_{Guid.NewGuid():N}";
        var lease = new LeaseLock(client.ApiClient, client.GetCurrentNamespace(), $"{settings.Name}-leader", identity);
        return new TimelyLock(lease, Patience(settings), services.GetRequiredService<LeaseTerm>(), services.GetRequiredService<TimeProvider>());
    }

    /// <summary>For how long a renewal counts here: a write that is sent at the end of it has as much time as a request for the lease.</summary>
    public static LeaseTerm Term(IServiceProvider services)
    {
        var settings = services.GetRequiredService<OperatorSettings>();
        return new LeaseTerm(settings.LeaderElectionLeaseDuration - Patience(settings), services.GetRequiredService<TimeProvider>());
    }

    /// <summary>Who competes.</summary>
    public static LeaderElector Elector(IServiceProvider services)
    {
        var settings = services.GetRequiredService<OperatorSettings>();
        return new LeaderElector(new LeaderElectionConfig(services.GetRequiredService<TimelyLock>())
        {
            LeaseDuration = settings.LeaderElectionLeaseDuration,
            RenewDeadline = settings.LeaderElectionRenewDeadline,
            RetryPeriod = settings.LeaderElectionRetryPeriod,
        });
    }

    /// <summary>
    /// How long a request for the lease may take: an attempt is two of them, and the last good one, the pause and the deadline end before the lease does.
    /// </summary>
    public static TimeSpan Patience(TimeSpan leaseDuration, TimeSpan renewDeadline, TimeSpan retryPeriod) => (leaseDuration - renewDeadline - retryPeriod) / 2;

    private static TimeSpan Patience(OperatorSettings settings) =>
        Patience(settings.LeaderElectionLeaseDuration, settings.LeaderElectionRenewDeadline, settings.LeaderElectionRetryPeriod);
}
