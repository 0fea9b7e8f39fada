using PatchOperator.Api;
using PatchOperator.Engine.Facts;
using PatchOperator.Ports;

namespace PatchOperator.Tests.Simulation;

/// <summary>What health checks are about: all is well but for what is said to be ill.</summary>
internal sealed class SimulatedHealth(Journal journal, TimeProvider time) : IHealth
{
    private readonly Dictionary<string, (HealthFacts Facts, DateTimeOffset Since)> ill = [];

    /// <summary>Since when what a check is about is not well; null while it is.</summary>
    public DateTimeOffset? IllSince(string check) => ill.TryGetValue(check, out var found) ? found.Since : null;

    /// <summary>From now on a check fails, or cannot be evaluated.</summary>
    /// <param name="check">Its name.</param>
    /// <param name="message">What is found.</param>
    /// <param name="known">Whether it can be evaluated.</param>
    public void Break(string check, string message, bool known = true)
    {
        ill[check] = (new HealthFacts(known ? false : null, message), time.GetUtcNow());
        journal.Add("Health", $"{check}: {message}");
    }

    /// <summary>From now on all is well.</summary>
    public void Mend(string check)
    {
        ill.Remove(check);
        journal.Add("Health", $"{check}: well again");
    }

    /// <inheritdoc/>
    public Task<HealthFacts> AskAsync(HealthCheck check, CancellationToken cancellationToken) =>
        Task.FromResult(ill.TryGetValue(check.Name, out var found) ? found.Facts : HealthFacts.Well);
}
