using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace PatchOperator.Integration.Tests.Metrics;

// Dashboard and alert rules, asked of a real Prometheus that has scraped the operator.
public partial class MetricsTests
{
    private static readonly string Rules = Repository.PathOf("config/monitoring/alerts.yaml");
    private static readonly JsonNode Dashboard = JsonNode.Parse(File.ReadAllText(Repository.PathOf("config/monitoring/dashboard.json")))!;

    [Fact]
    public async Task Each_query_of_the_dashboard_returns_data()
    {
        var prometheus = await cluster.PrometheusAsync();

        foreach (var query in Queries())
            Assert.True((await prometheus.QueryAsync(query)).Count > 0, $"no data: {query}");
    }

    [Fact]
    public async Task Each_rule_is_evaluated_and_those_are_pending_whose_condition_is_met()
    {
        var prometheus = await cluster.PrometheusAsync();

        var rules = await prometheus.RulesAsync();
        Assert.NotEmpty(rules);
        Assert.All(rules, rule => Assert.True((string?)rule["health"] == "ok", rule.ToJsonString()));
        var pending = rules.Where(rule => (string?)rule["state"] == "pending").Select(rule => (string?)rule["name"]).ToList();
        Assert.Superset(
            new HashSet<string?> { "PatchPolicyNodesFailed", "PatchPolicyNodesUnknown", "PatchPolicySecurityUpdatesOverdue", "PatchRunHalted" },
            pending.ToHashSet());
        Assert.DoesNotContain(pending, name => name is "PatchOperatorDown" or "PatchOperatorWithoutLeader" or "PatchWindowMissed" or "PatchRunOverdue");
        Assert.All(
            rules.SelectMany(rule => rule["alerts"]!.AsArray()), alert => Assert.DoesNotMatch("<error|<no value>", alert!["annotations"]!.ToJsonString()));
    }

    [Fact]
    public async Task Dashboard_and_rules_use_only_metrics_and_labels_that_are_there()
    {
        var known = new Exposition(await cluster.ScrapeAsync()).Labels;
        var rules = Expression().Matches(await File.ReadAllTextAsync(Rules)).Select(match => match.Groups[1].Value);
        var variables = Dashboard["templating"]!["list"]!.AsArray().Select(variable => (string?)variable!["definition"]).OfType<string>();

        // The legend of a query has labels like its groups.
        foreach (var query in Targets().Select(target => $"{target["expr"]} {target["legendFormat"]}").Concat(rules).Concat(variables))
        {
            var grouping = Grouping().Matches(query).SelectMany(match => match.Groups[1].Value.Split(", ")).Except(["instance", "cluster"]);
            foreach (Match selector in Selector().Matches(query))
            {
                var name = selector.Groups[1].Value;
                Assert.True(known.Contains(name), $"there is no {name}: {query}");
                foreach (var label in Matcher().Matches(selector.Groups[2].Value).Select(match => match.Groups[1].Value).Concat(grouping))
                    Assert.True(known[name].Contains(label), $"{name} has no label {label}: {query}");
            }
        }
    }

    [Fact]
    public void Every_metric_of_the_dashboard_is_of_the_chosen_data_source()
    {
        var panels = Panels().Where(panel => (string?)panel["type"] != "row").ToList();

        Assert.NotEmpty(panels);
        Assert.All(
            panels.SelectMany(panel => panel["targets"]!.AsArray().Append(panel)), part => Assert.Equal("${datasource}", (string?)part!["datasource"]!["uid"]));
        Assert.Equal(["datasource", "policy"], Dashboard["templating"]!["list"]!.AsArray().Select(variable => (string?)variable!["name"]));
        Assert.Equal(panels.Count, panels.Select(panel => (int)panel["id"]!).Distinct().Count());
    }

    private static IEnumerable<JsonNode> Panels() => Dashboard["panels"]!.AsArray().Select(panel => panel!);

    private static IEnumerable<JsonNode> Targets() => Panels().SelectMany(panel => panel["targets"]?.AsArray() ?? []).Select(target => target!);

    // As Grafana fills them in when all policies are chosen.
    private static List<string> Queries() =>
        [
            .. Targets().Select(
                target => ((string)target["expr"]!).Replace("$policy", ".*", StringComparison.Ordinal).Replace("$__rate_interval", "1m", StringComparison.Ordinal)),
        ];

    [GeneratedRegex(@"expr: (?:\|-\n)?((?:.|\n(?= {10}))+)")]
    private static partial Regex Expression();

    [GeneratedRegex(@"\b((?:patch_operator|dotnet)_[a-z_]+)(?:\{([^}]*)\})?")]
    private static partial Regex Selector();

    [GeneratedRegex(@"(?:\b(?:by|on) \(|\{\{|label_values\([a-z_]+, )([a-z_, ]+)[)}]")]
    private static partial Regex Grouping();

    [GeneratedRegex("([a-z_]+)(?:=~|!=|=)\"")]
    private static partial Regex Matcher();
}
