using System.Text.RegularExpressions;

namespace PatchOperator.Integration.Tests.Metrics;

/// <summary>The alert rules as files.</summary>
public partial class AlertTests
{
    private static readonly string Rules = Repository.PathOf("config/monitoring/alerts.yaml");
    private static readonly string Tests = Repository.PathOf("tests/PatchOperator.Integration.Tests/Metrics/alerts.test.yaml");

    [Fact]
    public async Task Promtool_finds_the_rules_sound()
    {
        var (exitCode, output) = await Promtool.RunAsync(null, "check", "rules", Rules);

        Assert.True(exitCode == 0, output);
        Assert.Contains($"{Alerts().Count} rules found", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_alert_fires_when_it_should_and_not_before()
    {
        var (exitCode, output) = await Promtool.RunAsync(null, "test", "rules", Tests);

        Assert.True(exitCode == 0, output);
    }

    [Fact]
    public void No_alert_is_without_both_cases()
    {
        var cases = Case()
            .Matches(File.ReadAllText(Tests))
            .Select(
                match => (Alert: new Regex($"^({match.Groups[1].Value})$"), Silent: match.Groups[2].Value.Contains("exp_samples: []", StringComparison.Ordinal)))
            .ToList();

        foreach (var (alert, text) in Alerts())
        {
            Assert.Contains(cases, found => found.Alert.IsMatch(alert) && found.Silent);
            Assert.Contains($"alertname=\"{alert}\", alertstate=\"firing\"", File.ReadAllText(Tests), StringComparison.Ordinal);
            Assert.Matches("severity: (warning|critical)\n", text);
        }
    }

    [Fact]
    public void Each_alert_is_explained_to_people()
    {
        var page = File.ReadAllText(Repository.PathOf("docs/metrics.md"));

        foreach (var (alert, text) in Alerts())
        {
            Assert.Contains($"\n### {alert}\n", page, StringComparison.Ordinal);
            Assert.Contains($"runbook: docs/metrics.md#{alert.ToLowerInvariant()}\n", text, StringComparison.Ordinal);
        }
    }

    private static List<(string Alert, string Text)> Alerts() =>
        [.. File.ReadAllText(Rules).Split("      - alert: ").Skip(1).Select(text => (text.Split('\n')[0], text))];

    [GeneratedRegex("""- expr: ALERTS\{alertname=~?"([^"]+)"[^}]*\}\n((?:.*\n){2})""")]
    private static partial Regex Case();
}
