using k8s.LeaderElection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PatchOperator.Sdk.Timing;

namespace KubeOps.Operator.LeaderElection;

/// <summary>Competes for leadership as long as the program runs.</summary>
internal sealed class LeaderElectionService(LeaderElector elector, TimeProvider time, ILogger<LeaderElectionService> logger)
    : BackgroundService
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(30);

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
        for (var failures = 0; !stoppingToken.IsCancellationRequested;)
        {
            // The elector goes on with an attempt that it has given up: it ends with the term, at the latest.
            using var term = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            try
            {
                await elector.RunUntilLeadershipLostAsync(term.Token);
                failures = 0;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                logger.LogError(e, "Leader election failed");
                await Task.Delay(Backoff.After(++failures, FirstDelay, LongestDelay), time, stoppingToken);
            }
            finally
            {
                await term.CancelAsync();
            }
        }
    }
}
