using System.Text;
using System.Text.RegularExpressions;
using PatchOperator.Api;

namespace PatchOperator.Integration.Tests.Metrics;

/// <summary>What comes and goes without end must neither pile up nor push out what is there.</summary>
public partial class LiveMetricsTests
{
    private static readonly FleetGeneration First = new(0, Policies: 2, Windows: 1, Baselines: 1);

    [Fact]
    public async Task After_60_replacements_of_500_objects_those_that_live_are_there_and_none_else()
    {
        await using var cluster = await ListedCluster.StartAsync();
        var last = new FleetGeneration(60, Policies: 250, Windows: 150, Baselines: 100);
        for (var number = 0; number <= last.Number; number++)
            await LiveAsync(cluster, last with { Number = number });
        await using var fresh = await ListedCluster.StartAsync();
        await LiveAsync(fresh, last);

        var page = cluster.Metrics.Scrape();

        Assert.Equal(last.Series, Naming(page).Count);
        Assert.Equal(Naming(fresh.Metrics.Scrape()), Naming(page));
        Assert.DoesNotContain("overflow", page, StringComparison.Ordinal);
        var (exitCode, output) = await Promtool.RunAsync(page, "check", "metrics");
        Assert.True(exitCode == 0 && output.Length == 0, output);
    }

    /// <summary>Series and bytes are those of the policies alone, so the years to come add nothing either.</summary>
    [Fact]
    public async Task Ten_thousand_nodes_and_a_year_of_runs_have_the_series_of_a_few()
    {
        var fleet = new FleetGeneration(0, Policies: 50, Windows: 10, Baselines: 10);
        await using var small = await ListedCluster.StartAsync();
        await LiveAsync(small, fleet);
        await using var large = await ListedCluster.StartAsync();
        await large.ShowAsync(fleet.Objects(nodes: 200, finishedRuns: 365));

        for (var day = 0; day < 365; day++)
            fleet.Happen(large.Outcomes);
        var page = large.Metrics.Scrape();

        Assert.Equal(10_000, new Exposition(page).Value("patch_operator_nodes", "phase=Idle"));
        Assert.Equal(365, new Exposition(page).Value("patch_operator_runs_total", "policy=policy-0-0", "phase=Succeeded"));
        Assert.Equal(Names(small.Metrics.Scrape()), Names(page));
        Assert.InRange(page.Length, 1, 200_000);
    }

    /// <summary>What a reader of cumulative metrics keeps for ever would be more than there is room for.</summary>
    [Fact]
    public async Task What_is_pushed_after_many_replacements_is_what_is_there()
    {
        await using var collector = await OtlpCollector.StartAsync();
        await using var cluster = await ListedCluster.StartAsync(collector.Address);
        var last = new FleetGeneration(12, Policies: 250, Windows: 150, Baselines: 100);
        for (var number = 0; number <= last.Number; number++)
        {
            await LiveAsync(cluster, last with { Number = number });
            collector.Take();
            await cluster.Metrics.StoppingAsync(CancellationToken.None);
        }

        var pushed = collector.Take().Select(push => Encoding.Latin1.GetString(push.Body)).ToList();
        Assert.Equal(2, pushed.Count);
        Assert.All(pushed, text => Assert.Equal(last.Policies, Policy().Matches(text).Select(match => match.Value).Distinct().Count()));
        Assert.All(pushed, text => Assert.All(Policy().Matches(text), match => Assert.Equal($"{last.Number}", match.Groups[1].Value)));
        Assert.All(pushed, text => Assert.DoesNotContain("overflow", text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_counter_is_gone_with_its_object_and_begins_anew_with_another_of_its_name()
    {
        await using var cluster = await ListedCluster.StartAsync();
        double? Runs(int number) => new Exposition(cluster.Metrics.Scrape()).Value("patch_operator_runs_total", $"policy=policy-0-{number}");
        await LiveAsync(cluster, First);
        First.Happen(cluster.Outcomes);
        Assert.Equal((2, 2), (Runs(0), Runs(1)));

        await cluster.ShowAsync(First.Objects().Where(item => item.Metadata.Name != "policy-0-1"));
        Assert.Equal((2, null), (Runs(0), Runs(1)));

        await LiveAsync(cluster, First);
        Assert.Equal((3, 1), (Runs(0), Runs(1)));
    }

    /// <summary>Its caches grow old, and what is deleted from then on would have series for ever.</summary>
    [Fact]
    public async Task Who_leads_no_more_tells_of_no_object()
    {
        await using var cluster = await ListedCluster.StartAsync();
        await LiveAsync(cluster, First);
        Assert.Equal(First.Series, Naming(cluster.Metrics.Scrape()).Count);

        cluster.Leads = false;

        Assert.Empty(Naming(cluster.Metrics.Scrape()));
        Assert.Equal(0, new Exposition(cluster.Metrics.Scrape()).Value("patch_operator_leader"));
    }

    /// <summary>As where Prometheus is not set up.</summary>
    [Fact]
    public async Task Counters_of_what_is_gone_do_not_pile_up_where_nobody_asks()
    {
        await using var cluster = await ListedCluster.StartAsync();
        foreach (var number in Enumerable.Range(0, 3))
            await LiveAsync(cluster, First with { Number = number });
        await cluster.ShowAsync([]);
        cluster.Outcomes.Written(First.Run(0, "late", RunPhase.Running), new PatchRunStatus { Phase = RunPhase.Cancelled });

        // Of what was counted last nobody has forgotten the object yet.
        var kept = cluster.Outcomes.Counters.Single(counter => counter.Name == "runs");
        await cluster.ShowAsync(Enumerable.Range(0, 3).SelectMany(number => (First with { Number = number }).Objects()));
        Assert.Equal(["policy-0-0", "Cancelled"], Assert.Single(kept.Read()).Labels);
    }

    /// <summary>The run would name the policy, and is gone.</summary>
    [Fact]
    public async Task A_failure_of_a_run_that_is_gone_is_counted_all_the_same()
    {
        await using var cluster = await ListedCluster.StartAsync();

        First.Fail(cluster.Outcomes, 0, Reasons.DrainTimedOut);

        Assert.Equal(
            1,
            new Exposition(cluster.Metrics.Scrape()).Value("patch_operator_node_failures_total", "policy=unknown", "step=Drain", $"reason={Reasons.DrainTimedOut}"));
    }

    /// <summary>Reasons come from nodes, by their Jobs' reports.</summary>
    [Fact]
    public async Task A_node_that_makes_up_reasons_makes_no_series()
    {
        await using var cluster = await ListedCluster.StartAsync();
        await LiveAsync(cluster, First);
        foreach (var attempt in Enumerable.Range(0, 5000))
        {
            First.Fail(cluster.Outcomes, 1, $"Reason{attempt}");
            cluster.Outcomes.Written(
                new NodePatch(), new NodePatchStatus { ScanFailure = new ScanFailure { At = FleetGeneration.Now, Reason = $"Reason{attempt}" } });
        }

        var found = new Exposition(cluster.Metrics.Scrape());
        Assert.Equal(
            (5000, 1),
            (found.Value("patch_operator_node_failures_total", "policy=policy-0-1", "reason=Other"),
                found.Value("patch_operator_node_failures_total", "policy=policy-0-1", $"reason={Reasons.DrainTimedOut}")));
        Assert.Equal(5000, found.Value("patch_operator_node_scan_failures_total"));
    }

    /// <summary>As where one has halted and is taken back, or between the end of a policy that was deleted by force and its runs'.</summary>
    [Fact]
    public async Task Of_several_unfinished_runs_of_the_policy_itself_the_one_that_goes_first_has_series()
    {
        await using var cluster = await ListedCluster.StartAsync();
        var (other, second) = (First.Run(0, "a", RunPhase.Halted), First.Run(0, "halted", RunPhase.Halted));
        other.Spec = other.Spec with { Policy = other.Spec.Policy with { Uid = "another" } };
        var back = First.Run(0, "now", RunPhase.Running);
        back.Spec = back.Spec with { Trigger = RunTrigger.Rollback };

        await cluster.ShowAsync([First.Policy(0), other, back, second]);

        var found = new Exposition(cluster.Metrics.Scrape());
        Assert.Equal(1, found.Value("patch_operator_run_phase"));
        Assert.Equal(1, found.Value("patch_operator_run_phase", "phase=Running"));
    }

    private static async Task LiveAsync(ListedCluster cluster, FleetGeneration generation)
    {
        await cluster.ShowAsync(generation.Objects());
        generation.Happen(cluster.Outcomes);
        cluster.Metrics.Scrape();
    }

    private static List<string> Naming(string page) => [.. page.Split('\n').Where(line => Object().IsMatch(line))];

    // But for what was asked of the API server: which of a test's lists and watches were cut off is chance.
    private static List<string> Names(string page) => [.. page.Split('\n').Where(line => Own().IsMatch(line)).Select(line => line.Split(' ')[0])];

    [GeneratedRegex("^patch_operator_(?!api_)")]
    private static partial Regex Own();

    [GeneratedRegex("policy-([0-9]+)-[0-9]+")]
    private static partial Regex Policy();

    [GeneratedRegex("[{,](policy|window|baseline|name)=")]
    private static partial Regex Object();
}
