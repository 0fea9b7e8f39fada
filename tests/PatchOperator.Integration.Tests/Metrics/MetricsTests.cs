using System.Text.RegularExpressions;
using PatchOperator.Api;
using PatchOperator.Integration.Tests.Operator;
using PatchOperator.Metrics;

namespace PatchOperator.Integration.Tests.Metrics;

/// <summary>What a real operator tells whoever scrapes it.</summary>
[Collection(OperatorCollection.Name)]
public partial class MetricsTests(PatchedCluster cluster) : IClassFixture<PatchedCluster>
{
    [Fact]
    public async Task Promtool_has_nothing_to_say()
    {
        var (exitCode, output) = await Promtool.RunAsync(await cluster.ScrapeAsync(), "check", "metrics");

        Assert.True(exitCode == 0 && output.Length == 0, output);
    }

    [Fact]
    public async Task The_page_lists_what_is_there_with_its_type_and_labels()
    {
        var page = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "metrics.md"));
        var listed = Row()
            .Matches(page)
            .Select(
                row => $"{row.Groups[1]} {row.Groups[2]} "
                    + $"{string.Join(',', row.Groups[3].Value.Replace("`", "", StringComparison.Ordinal).Split(", ").Order())}");

        var found = new Exposition(await cluster.ScrapeAsync());
        string Labels(string name, string type) => string.Join(',', found.Labels[type == "histogram" ? $"{name}_bucket" : name].Except(["", "le"]).Order());
        Assert.Equal(listed.Order(), found.Types.Select(metric => $"{metric.Key} {metric.Value} {Labels(metric.Key, metric.Value)}").Order());
    }

    [Fact]
    public async Task Policies_runs_and_nodes_are_where_the_cluster_says()
    {
        var found = new Exposition(await cluster.ScrapeAsync());
        double? Of(string name, params string[] labels) => found.Value($"patch_operator_{name}", labels);

        Assert.Equal(
            (1, 0), (Of("policy_nodes", $"policy={cluster.Patched}", "state=Compliant"), Of("policy_nodes", $"policy={cluster.Patched}", "state=Failed")));
        Assert.Equal((1, 1), (Of("policy_nodes", $"policy={cluster.Halted}", "state=Unknown"), Of("policy_nodes", $"policy={cluster.Halted}", "state=Failed")));
        Assert.Equal(
            (0, 1), (Of("policy_pending_security_updates", $"policy={cluster.Patched}"), Of("policy_pending_security_updates", $"policy={cluster.Halted}")));
        Assert.Equal(
            (1, 0), (Of("policy_nodes_with_outdated_services", $"policy={cluster.Patched}"), Of("policy_nodes_with_outdated_services", $"policy={cluster.Halted}")));
        Assert.Equal(PatchedCluster.FirstSeen.ToUnixTimeSeconds(), Of("policy_oldest_pending_timestamp_seconds", $"policy={cluster.Halted}"));
        Assert.Equal(PatchedCluster.FirstSeen.ToUnixTimeSeconds(), Of("policy_oldest_pending_security_timestamp_seconds", $"policy={cluster.Halted}"));
        Assert.Null(Of("policy_oldest_pending_timestamp_seconds", $"policy={cluster.Patched}"));
        Assert.Equal((1, null), (Of("run_phase", $"policy={cluster.Halted}", "phase=Halted"), Of("run_phase", $"policy={cluster.Patched}")));
        Assert.Equal((1, 0), (Of("run_nodes", $"policy={cluster.Halted}", "state=Failed"), Of("run_nodes", $"policy={cluster.Halted}", "state=Succeeded")));
        Assert.True(Of("nodes", "phase=Failed") >= 1);
        Assert.Equal(1, Of("window_open", $"window={cluster.Window}", "time_zone=Europe/Berlin"));
        Assert.Equal((0, null), (Of("window_open", $"window={cluster.Rare}"), Of("window_closes_timestamp_seconds", $"window={cluster.Rare}")));
        Assert.True(Of("window_next_open_timestamp_seconds", $"window={cluster.Rare}") > Of("window_closes_timestamp_seconds", $"window={cluster.Window}"));
        Assert.Equal(
            (2, 5), (Of("image_pending_security_updates", $"baseline={cluster.Baseline}"), Of("image_pending_updates", $"baseline={cluster.Baseline}")));
        Assert.Equal(1, Of("resource_condition", "kind=PatchPolicy", $"name={cluster.Patched}", "condition=Compliant", "status=True"));
        Assert.Null(Of("resource_condition", "kind=PatchPolicy", $"name={cluster.Patched}", "condition=Compliant", "status=False"));
        Assert.Equal(1, Of("leader"));
        Assert.NotNull(Of("reconcile_queue_length", "kind=PatchRun"));
    }

    [Fact]
    public async Task What_has_happened_is_counted_once_however_often_it_is_looked_at()
    {
        var found = new Exposition(await cluster.ScrapeAsync());
        double? Of(string name, params string[] labels) => found.Value($"patch_operator_{name}", labels);

        Assert.Equal(1, Of("runs_total", $"policy={cluster.Patched}", "phase=Succeeded"));
        Assert.Equal(1, Of("node_failures_total", $"policy={cluster.Halted}", "step=Patch", "reason=PackageManagerFailed"));
        Assert.Equal(1, Of("image_builds_total", $"baseline={cluster.Baseline}", "trigger=Initial", "result=Succeeded"));
        Assert.True(Of("node_phase_duration_seconds_count", "phase=Rebooting") >= 1);
        Assert.True(Of("node_operation_duration_seconds_count", "result=Failed") >= 1);
        Assert.True(Of("node_operation_duration_seconds_count", "result=Succeeded") >= 1);
        Assert.True(Of("reconcile_duration_seconds_count", "kind=PatchRun", "result=Success") > 1);
        Assert.True(Of("api_requests_total", "verb=update", "resource=nodepatches/status", "code=200") > 1);
        Assert.True(Of("api_requests_total", "verb=create", "resource=jobs", "code=201") > 1);
        Assert.True(Of("api_requests_total", "verb=watch", "resource=nodes", "code=200") >= 1);
    }

    [Fact]
    public async Task A_series_is_gone_with_its_object()
    {
        var policy = (await cluster.Operator.CreatePolicyAsync(ApiServerFixture.UniqueName("short"))).Metadata.Name;
        async Task<bool> IsThere() =>
            new Exposition(await cluster.ScrapeAsync()).Value("patch_operator_policy_pending_updates", $"policy={policy}") is not null;
        await Eventually.TrueAsync(IsThere, "its series is there");

        await cluster.Operator.Client.DeleteAsync<PatchPolicy>(policy);

        await Eventually.TrueAsync(async () => !await IsThere(), "its series is gone");
    }

    /// <summary>So that a sum over replicas counts nothing twice.</summary>
    [Fact]
    public async Task A_standby_tells_of_itself_alone()
    {
        await using var standby = await cluster.Operator.StartOperatorAsync();
        var found = new Exposition(await cluster.ScrapeAsync(OperatorFixture.AddressOf(standby)));
        await standby.StopAsync();

        Assert.Equal((0, 1), (found.Value("patch_operator_leader"), found.Value("patch_operator_build_info")));
        Assert.DoesNotContain(
            found.Types.Keys,
            name => name.StartsWith("patch_operator_policy", StringComparison.Ordinal) || name.StartsWith("patch_operator_node", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_answer_says_which_format_it_has()
    {
        using var client = new HttpClient();
        using var answer = await client.GetAsync(new Uri(cluster.Operator.Address, "/metrics"));

        Assert.Equal(PrometheusText.ContentType, answer.Content.Headers.ContentType!.ToString());
    }

    [GeneratedRegex(@"^\| `([a-z_]+)` \| (counter|gauge|histogram) \| ?([`a-z_, ]*) \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
