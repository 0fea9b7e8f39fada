namespace PatchOperator.Api;

/// <summary>A query that has an answer while all is well, such as <c>sum(rate(errors[5m])) &lt; 0.1</c>. One without samples has failed.</summary>
public sealed record PrometheusCheck
{
    /// <summary>Where the Prometheus is, or what answers its HTTP API: the part before <c>/api/v1</c>.</summary>
    public string Url { get; init; } = "";

    /// <summary>An expression whose comparisons filter: it gives samples while all is well.</summary>
    public string Query { get; init; } = "";
}
