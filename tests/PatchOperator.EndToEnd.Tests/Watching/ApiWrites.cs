using System.Globalization;
using System.Text.RegularExpressions;

namespace PatchOperator.EndToEnd.Tests.Watching;

/// <summary>
/// How often objects have been written, by the API server's own count. It does not tell writers apart: of Nodes and Jobs, these are the
/// writes that the operator makes, and Kubernetes' own taints.
/// </summary>
internal sealed partial class ApiWrites
{
    private static readonly string[] Ours = ["nodepatches", "patchruns", "patchpolicies", "patchwindows"];
    private readonly Dictionary<string, double> counts;

    private ApiWrites(Dictionary<string, double> counts) => this.counts = counts;

    public static async Task<ApiWrites> CountAsync(Kubectl kubectl) =>
        new(
            Samples(await kubectl.RunAsync("get", "--raw", "/metrics")).GroupBy(sample => sample.What).ToDictionary(group => group.Key, group => group.Sum(sample => sample.Value)));

    /// <summary>What was written since, for each of some nodes.</summary>
    public string Since(ApiWrites before, int nodes)
    {
        var grown = counts
            .Select(count => (What: count.Key, Value: count.Value - before.counts.GetValueOrDefault(count.Key)))
            .Where(count => count.Value > 0)
            .OrderBy(count => count.What, StringComparer.Ordinal)
            .ToList();
        return string.Create(CultureInfo.InvariantCulture, $"{grown.Sum(count => count.Value) / nodes:F1} writes per node: ")
            + string.Join(", ", grown.Select(count => $"{count.What} {count.Value}"));
    }

    private static IEnumerable<(string What, double Value)> Samples(string metrics) =>
        metrics.Split('\n')
            .Where(line => line.StartsWith("apiserver_request_total{", StringComparison.Ordinal))
            .Select(line => (Labels: LabelPattern().Matches(line).ToDictionary(label => label.Groups[1].Value, label => label.Groups[2].Value), Line: line))
            .Where(sample => IsWrite(sample.Labels))
            .Select(sample => (Describe(sample.Labels), double.Parse(sample.Line.Split(' ')[^1], CultureInfo.InvariantCulture)));

    private static bool IsWrite(Dictionary<string, string> labels) => (labels["resource"], labels["subresource"], labels["verb"]) switch
    {
        (var resource, _, "POST" or "PUT" or "PATCH" or "DELETE" or "APPLY") when Ours.Contains(resource) => true,
        ("jobs", "", "POST" or "DELETE") => true,
        ("nodes", "", "PATCH") => true,
        ("pods", "eviction", "POST") => true,
        _ => false,
    };

    private static string Describe(Dictionary<string, string> labels) =>
        $"{labels["verb"]} "
            + $"{labels["resource"]}{(labels["subresource"].Length == 0 ? "" : "/" + labels["subresource"])}{(labels["code"].StartsWith('2') ? "" : $" ({labels["code"]})")}";

    [GeneratedRegex("""(\w+)="([^"]*)"[,}]""")]
    private static partial Regex LabelPattern();
}
