using System.Text.RegularExpressions;
using PatchOperator.Api;
using PatchOperator.Engine.Facts;
using PatchOperator.Ports;

namespace PatchOperator.Health;

/// <summary>Asks what health checks are about.</summary>
internal sealed class HealthProbes(Prometheus prometheus, ObjectConditions objects, TimeProvider time) : IHealth
{
    /// <summary>How long an answer may take: what is not known by then is unknown.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    public async Task<HealthFacts> AskAsync(HealthCheck check, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            return check switch
            {
                { Prometheus: { } query } => await AskAsync(query, either.Token),
                { Alerts: { } alerts } => await AskAsync(alerts, either.Token),
                _ => await AskAsync(check.Object!, either.Token),
            };
        }
        catch (HealthException exception)
        {
            return new HealthFacts(null, exception.Message);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested && exception is not LeaseOverException)
        {
            return new HealthFacts(null, patience.IsCancellationRequested ? $"no answer within {Patience.TotalSeconds:0} s" : exception.Message);
        }
    }

    private async Task<HealthFacts> AskAsync(PrometheusCheck check, CancellationToken cancellationToken) =>
        await prometheus.HasSamplesAsync(check.Url, check.Query, cancellationToken)
            ? HealthFacts.Well
            : new HealthFacts(false, $"the query has no samples: {check.Query}");

    private async Task<HealthFacts> AskAsync(AlertsCheck check, CancellationToken cancellationToken)
    {
        var alerts = (await prometheus.AlertsAsync(check.Url, cancellationToken))
            .Where(alert => alert.State == "firing" || check.IncludePending)
            .Where(alert => Matches(check.Matching ?? ".*", alert.Name) && !(check.Ignoring is { } ignoring && Matches(ignoring, alert.Name)))
            .Select(alert => $"{alert.Name} ({alert.State})")
            .Distinct()
            .Order(StringComparer.Ordinal)
            .ToList();
        return alerts.Count == 0 ? HealthFacts.Well : new HealthFacts(false, $"alerts: {string.Join(", ", alerts)}");
    }

    private async Task<HealthFacts> AskAsync(ObjectCheck check, CancellationToken cancellationToken)
    {
        var what = $"{check.Kind} {(check.Namespace is { } space ? $"{space}/" : "")}{check.Name}";
        var found = await objects.FindAsync(check, cancellationToken) ?? throw new HealthException($"there is no {what}");
        return found switch
        {
            { Observed: false } => new HealthFacts(false, $"{what}: its last change has not been taken up yet"),
            { Status: null } => new HealthFacts(false, $"{what} has no condition {check.Condition}"),
            { Status: { } status } when status != check.Status =>
                new HealthFacts(false, $"{what}: {check.Condition} is {status}{(found.Reason is { Length: > 0 } reason ? $", {reason}" : "")}"),
            _ => HealthFacts.Well,
        };
    }

    // The whole name, as in rules of Prometheus; in linear time, whatever was written.
    private static bool Matches(string expression, string name) => Regex.IsMatch(name, $@"\A(?:{expression})\z", RegexOptions.NonBacktracking);
}
