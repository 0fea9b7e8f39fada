using PatchOperator.Api;
using PatchOperator.Engine.Facts;

namespace PatchOperator.Ports;

/// <summary>What health checks are about: objects of any kind, and Prometheus servers, which are no part of what the operator knows by itself.</summary>
internal interface IHealth
{
    /// <summary>Whether all is well. What cannot be found out, whyever, is an answer too.</summary>
    Task<HealthFacts> AskAsync(HealthCheck check, CancellationToken cancellationToken);
}
