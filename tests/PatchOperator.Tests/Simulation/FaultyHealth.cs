using PatchOperator.Api;
using PatchOperator.Engine.Facts;
using PatchOperator.Ports;

namespace PatchOperator.Tests.Simulation;

/// <summary>The way of one replica to what health checks are about, as faulty as the one to the API server: what breaks on it is not known.</summary>
internal sealed class FaultyHealth(IHealth health, FaultyApi way) : IHealth
{
    /// <inheritdoc/>
    public async Task<HealthFacts> AskAsync(HealthCheck check, CancellationToken cancellationToken)
    {
        try
        {
            return await way.Call(() => health.AskAsync(check, cancellationToken), writes: false, atVersion: false);
        }
        catch (HttpRequestException exception)
        {
            return new HealthFacts(null, exception.Message);
        }
    }
}
