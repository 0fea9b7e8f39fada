namespace PatchOperator.Leading;

/// <summary>
/// Gives the lease up when this process ends, so that another replica need not wait for it to run out. Registered before the election, and so stopped after it.
/// </summary>
internal sealed class LeaseRelease(TimelyLock lease, ILogger<LeaseRelease> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (!await lease.ReleaseAsync(cancellationToken))
            logger.LogWarning("The lease could not be given up; it runs out by itself");
    }
}
