using System.Text.RegularExpressions;

namespace PatchOperator.Metrics;

/// <summary>
/// Names of OpenTelemetry as names of Prometheus, by OpenTelemetry's own rules ("Prometheus and OpenMetrics Compatibility"), so that
/// what is pushed and what is scraped is called the same in Prometheus.
/// </summary>
internal static partial class PrometheusNames
{
    /// <param name="name">The instrument's name, such as <c>patch_operator.run.duration</c>.</param>
    /// <param name="unit">Its unit in UCUM; a unit in braces is a note that no name has.</param>
    /// <param name="counter">Whether it is a counter, which only ever grows.</param>
    public static string Metric(string name, string? unit, bool counter)
    {
        var suffix = unit switch
        {
            "s" => "_seconds",
            "By" => "_bytes",
            _ => "",
        };
        return Label(name) + suffix + (counter ? "_total" : "");
    }

    public static string Label(string name) => Forbidden().Replace(name, "_");

    [GeneratedRegex("[^a-zA-Z0-9_]")]
    private static partial Regex Forbidden();
}
