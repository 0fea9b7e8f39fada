namespace PatchOperator.Api;

/// <summary>Alerts of a Prometheus: the check fails while one of them is firing.</summary>
public sealed record AlertsCheck
{
    /// <inheritdoc cref="PrometheusCheck.Url"/>
    public string Url { get; init; } = "";

    /// <summary>A regular expression of the names of those that count, from the first letter to the last; absent: all.</summary>
    public string? Matching { get; init; }

    /// <summary>A regular expression of the names of those that do not count; stronger than <see cref="Matching"/>.</summary>
    public string? Ignoring { get; init; }

    /// <summary>Whether those that are pending, and not firing yet, count too.</summary>
    public bool IncludePending { get; init; }
}
