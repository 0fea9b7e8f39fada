using k8s.LeaderElection;
using KubeOps.Abstractions.Builder;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace KubeOps.Operator.LeaderElection;

/// <summary>Competes for leadership as long as the program runs.</summary>
internal sealed class LeaderElectionService(
    LeaderElector elector, OperatorSettings settings, TimeProvider time, ILogger<LeaderElectionService> logger) : BackgroundService
{
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        elector.OnNewLeader += leader => logger.LogInformation("The leader is {Leader}", leader);
        elector.OnStartedLeading += () => logger.LogInformation("This replica leads");
        elector.OnStoppedLeading += () => logger.LogWarning("This replica does not lead any more");
        elector.OnError += e => logger.LogWarning(e, "A try to get or renew the lease failed");
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            // The elector goes on with an attempt that it has given up: it ends with the term, at the latest.
            using var term = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            try
            {
                await elector.RunUntilLeadershipLostAsync(term.Token);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                logger.LogError(e, "Leader election failed");
                await Task.Delay(settings.LeaderElectionRetryPeriod, time, stoppingToken);
            }
            finally
            {
                await term.CancelAsync();
            }
        }
    }
}
