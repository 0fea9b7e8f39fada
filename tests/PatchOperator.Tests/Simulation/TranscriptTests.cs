using PatchOperator.Api;

namespace PatchOperator.Tests.Simulation;

/// <summary>
/// Whole rollouts as text that a person can read and check, in Transcripts. With UPDATE_GOLDEN=1 in the environment, what happened is written there first.
/// </summary>
public class TranscriptTests
{
    private static readonly PatchPolicySpec DrainAndReboot = new()
    {
        Windows = ["nightly"],
        NodeSelector = new k8s.Models.V1LabelSelector(),
        Drain = new DrainSettings { Mode = DrainMode.Always },
        Reboot = new RebootSettings { Mode = RebootMode.Always },
    };

    [Fact]
    public void Three_nodes_are_drained_patched_and_rebooted_one_after_the_other()
    {
        using var cluster = new SimulatedCluster(null, 3, _ => DrainAndReboot);
        cluster.Run(() => IsOver(cluster, RunPhase.Succeeded));
        Compare(cluster, "all-goes-well");
    }

    [Fact]
    public void A_node_that_fails_halts_the_run_and_is_given_back()
    {
        using var cluster = new SimulatedCluster(null, 3, _ => DrainAndReboot);
        cluster.Nodes["node-2"]!.RepositoryBroken = true;
        cluster.Run(() => IsOver(cluster, RunPhase.Halted));
        Compare(cluster, "a-repository-is-broken");
    }

    [Fact]
    public void A_window_that_closes_in_mid_run_ends_the_turn_under_way_and_the_next_opening_goes_on()
    {
        var window = new PatchWindowSpec { Schedules = [new WindowSchedule { Cron = "0 12 * * *" }], Duration = "10m", Cutoff = "6m" };
        using var cluster = new SimulatedCluster(null, 3, _ => DrainAndReboot, window: window);
        cluster.Run(() => cluster.Nodes.All.All(cluster.IsSettled) && IsOver(cluster, RunPhase.Succeeded));
        Compare(cluster, "the-window-closes");
    }

    [Fact]
    public void A_leader_that_ends_in_mid_drain_is_taken_over_from()
    {
        using var cluster = new SimulatedCluster(null, 2, _ => DrainAndReboot);
        cluster.Run(() => cluster.Journal.Lines.Any(line => line.Contains("evicted", StringComparison.Ordinal)));
        cluster.Stop();
        cluster.Pass(TimeSpan.FromSeconds(15));
        cluster.Start();
        cluster.Run(() => IsOver(cluster, RunPhase.Succeeded));
        Compare(cluster, "the-leader-ends");
    }

    [Fact]
    public void A_node_restored_from_an_old_disk_is_tainted_caught_up_outside_the_window_and_freed()
    {
        using var cluster = new SimulatedCluster(null, 2, _ => DrainAndReboot with { CatchUp = new CatchUpSettings { Mode = CatchUpMode.Immediate, Taint = true } });
        cluster.Run(() => IsOver(cluster, RunPhase.Succeeded) && cluster.Now.Hour == 15);
        cluster.Nodes.Restore(cluster.Nodes["node-2"]!);
        cluster.Run(() => cluster.Runs.Count == 2 && cluster.Nodes.All.All(cluster.IsSettled) && IsOver(cluster, RunPhase.Succeeded));
        Compare(cluster, "a-node-is-restored");
    }

    [Fact]
    public void A_canary_then_some_then_the_rest_zone_by_zone()
    {
        using var cluster = new SimulatedCluster(
            null,
            10,
            _ => PatchAlone(new PolicyRollout
            {
                MaxUnavailable = 3,
                TopologyKey = SimulatedNodes.Zone,
                Waves = [new RolloutWave { Name = "canary", Size = 1, Soak = "30m" }, new RolloutWave { Name = "early", Size = "20%", Soak = "10m" }],
            }));
        cluster.Run(() => IsOver(cluster, RunPhase.Succeeded));
        Compare(cluster, "waves-with-soak");
    }

    [Fact]
    public void A_failure_in_the_second_wave_halts_the_run_and_a_person_resumes_it()
    {
        using var cluster = new SimulatedCluster(
            null,
            10,
            _ => PatchAlone(new PolicyRollout
            {
                MaxUnavailable = 2,
                FailureThreshold = "50%",
                Waves = [new RolloutWave { Name = "canary", Size = 1 }, new RolloutWave { Name = "early", Size = "30%", FailureThreshold = 1 }],
            }));
        var broken = cluster.Nodes["node-2"]!;
        broken.RepositoryBroken = true;
        cluster.Run(() => IsOver(cluster, RunPhase.Halted));
        cluster.Pass(TimeSpan.FromMinutes(10));
        broken.RepositoryBroken = false;
        cluster.Resume(cluster.Runs[0]);
        cluster.Run(() => IsOver(cluster, RunPhase.Failed));
        Compare(cluster, "a-wave-fails-and-the-run-is-resumed");
    }

    [Fact]
    public void What_fails_while_a_canary_soaks_halts_the_run_and_a_person_resumes_it()
    {
        var check = new HealthCheck { Name = "api", Prometheus = new PrometheusCheck { Url = "http://prometheus", Query = "sum(rate(errors[5m])) < 1" }, For = "2m" };
        using var cluster = new SimulatedCluster(
            null,
            3,
            _ => DrainAndReboot with { HealthChecks = [check], Rollout = new PolicyRollout { Waves = [new RolloutWave { Name = "canary", Size = 1, Soak = "30m" }] } });
        cluster.Health.Break("api", "no answer within 10 s", known: false);
        cluster.Run(() => cluster.Runs.Count > 0 && cluster.Runs[0].Status.Gates.Count > 0);
        cluster.Health.Mend("api");
        cluster.Run(() => cluster.Runs[0].Status.Phase == RunPhase.Soaking);
        cluster.Pass(TimeSpan.FromMinutes(5));
        cluster.Health.Break("api", "the query has no samples: sum(rate(errors[5m])) < 1");
        cluster.Run(() => cluster.Runs[0].Status.Phase == RunPhase.Halted);
        cluster.Pass(TimeSpan.FromMinutes(10));
        cluster.Health.Mend("api");
        cluster.Resume(cluster.Runs[0]);
        cluster.Run(() => IsOver(cluster, RunPhase.Succeeded));
        Compare(cluster, "a-check-fails-while-a-canary-soaks");
    }

    [Fact]
    public void A_plan_that_changes_before_it_is_approved_asks_again()
    {
        using var cluster = new SimulatedCluster(
            null,
            10,
            _ => PatchAlone(new PolicyRollout { MaxUnavailable = 5, Approval = ApprovalMode.Manual }) with { Scan = new ScanSettings { Interval = "30m" } });
        cluster.Run(() => IsOver(cluster, RunPhase.PendingApproval));
        cluster.Nodes.Publish("3");
        cluster.Run(() => cluster.Runs is [{ Status.Phase: RunPhase.Superseded }, { Status.Phase: RunPhase.PendingApproval }]);
        var (old, run) = (cluster.Runs[0], cluster.Runs[1]);
        cluster.Approve(run, old.Spec.Plan.Digest, "bob");
        cluster.Pass(TimeSpan.FromMinutes(5));
        cluster.Approve(run, run.Spec.Plan.Digest, "alice");
        cluster.Run(() => cluster.Runs[1].Status.Phase == RunPhase.Succeeded);
        Compare(cluster, "a-plan-that-changed-asks-again");
    }

    [Fact]
    public void A_run_is_paused_goes_on_and_is_cancelled()
    {
        using var cluster = new SimulatedCluster(null, 10, _ => PatchAlone(new PolicyRollout { MaxUnavailable = 2 }));
        cluster.Run(() => cluster.Runs is [{ Status.Progress.Succeeded: > 1 }]);
        cluster.Say(cluster.Runs[0], spec => spec["paused"] = true);
        cluster.Run(() => IsOver(cluster, RunPhase.Paused));
        cluster.Pass(TimeSpan.FromMinutes(10));
        cluster.Say(cluster.Runs[0], spec => spec["paused"] = false);
        cluster.Run(() => cluster.Runs is [{ Status.Progress.Succeeded: > 5 }]);
        cluster.Say(cluster.Runs[0], spec => spec["cancelled"] = true);
        cluster.Run(() => cluster.Runs.Count == 2 && cluster.Nodes.All.All(cluster.IsSettled) && cluster.Runs[1].Status.Phase == RunPhase.Succeeded);
        Compare(cluster, "paused-and-cancelled");
    }

    private static readonly string[] FiveZones = ["Asia/Tokyo", "Asia/Kolkata", "Europe/Berlin", "America/New_York", "America/Los_Angeles"];

    [Theory]
    [InlineData(WindowTiming.NodeLocal, "a-thousand-nodes-at-local-time")]
    [InlineData(WindowTiming.Absolute, "a-thousand-nodes-at-one-instant")]
    public void A_thousand_nodes_in_five_zones_at_eleven_in_the_evening(WindowTiming timing, string transcript)
    {
        var window = new PatchWindowSpec { Schedules = [new WindowSchedule { Cron = "0 23 * * *" }], Duration = "4h", Cutoff = "1h", TimeZone = "Europe/Berlin", Timing = timing };
        using var cluster = new SimulatedCluster(null, 1_000, _ => PatchAlone(new PolicyRollout { MaxUnavailable = "5%" }), maxScans: 200, window: window, zones: FiveZones);
        var journal = new FleetJournal(cluster);
        cluster.Run(() => cluster.Store.Find<PatchWindow>("nightly")!.Status.Zones.Sum(zone => zone.Nodes) == 1_000);
        journal.Foresee();
        cluster.Run(() => cluster.Runs is [{ Status.Phase: RunPhase.Succeeded }]);
        Compare(journal.Lines, transcript);
    }

    [Fact]
    public void A_freeze_in_mid_run_stops_it_and_it_goes_on_after()
    {
        var window = new PatchWindowSpec { Schedules = [new WindowSchedule { Cron = "0 12 * * *" }], Duration = "2h", Cutoff = "2m" };
        using var cluster = new SimulatedCluster(null, 3, _ => PatchAlone(new PolicyRollout()), window: window);
        cluster.Freeze("incident", "2026-11-20T12:03", "30m");
        cluster.Run(() => IsOver(cluster, RunPhase.Succeeded));
        Compare(cluster, "a-freeze-in-mid-run");
    }

    [Fact]
    public void An_emergency_by_annotation_outside_the_window_overtakes_nobodys_budget()
    {
        var window = new PatchWindowSpec { Schedules = [new WindowSchedule { Cron = "0 4 * * *" }], Duration = "1h" };
        using var cluster = new SimulatedCluster(null, 3, _ => PatchAlone(new PolicyRollout()), window: window);
        cluster.Run(() => cluster.Nodes.All.All(node => cluster.IsQuiet(node) && cluster.Patch(node)?.Status.LastScan is not null));
        cluster.Pass(TimeSpan.FromMinutes(10));
        cluster.Store.Edit(
            PatchPolicy.KindName, "workers", json => json["metadata"]!["annotations"] = new System.Text.Json.Nodes.JsonObject { [ApiGroup.EmergencyAnnotation] = "CVE-2026-0001" });
        cluster.Run(() => IsOver(cluster, RunPhase.Succeeded));
        Compare(cluster, "an-emergency");
    }

    [Fact]
    public void What_fails_while_a_canary_soaks_is_taken_back_where_the_policy_rolls_back()
    {
        var check = new HealthCheck { Name = "api", Prometheus = new PrometheusCheck { Url = "http://prometheus", Query = "sum(rate(errors[5m])) < 1" }, For = "2m" };
        using var cluster = new SimulatedCluster(
            null,
            3,
            _ => DrainAndReboot with
            {
                HealthChecks = [check],
                OnFailure = new FailureSettings { Action = FailureAction.Rollback },
                Rollout = new PolicyRollout { Waves = [new RolloutWave { Name = "canary", Size = 1, Soak = "30m" }] },
            });
        cluster.Run(() => cluster.Runs is [{ Status.Phase: RunPhase.Soaking }]);
        cluster.Pass(TimeSpan.FromMinutes(5));
        cluster.Health.Break("api", "the query has no samples: sum(rate(errors[5m])) < 1");
        cluster.Run(() => cluster.Runs.Any(run => run is { Spec.Trigger: RunTrigger.Rollback, Status.Phase: RunPhase.Succeeded }));
        cluster.Health.Mend("api");
        cluster.Pass(TimeSpan.FromMinutes(30));
        Compare(cluster, "a-canary-is-taken-back");
    }

    private static PatchPolicySpec PatchAlone(PolicyRollout rollout) => new()
    {
        Windows = ["nightly"],
        NodeSelector = new k8s.Models.V1LabelSelector(),
        Drain = new DrainSettings { Mode = DrainMode.Never },
        Reboot = new RebootSettings { Mode = RebootMode.Never },
        Rollout = rollout,
    };

    private static bool IsOver(SimulatedCluster cluster, RunPhase phase) =>
        cluster.Runs.Count > 0 && cluster.Runs.All(run => run.Status.Phase == phase) && cluster.Nodes.All.All(cluster.IsQuiet);

    private static void Compare(SimulatedCluster cluster, string name) => Compare(cluster.Journal.Lines, name);

    private static void Compare(List<string> lines, string name)
    {
        var file = Repository.PathOf($"tests/PatchOperator.Tests/Simulation/Transcripts/{name}.txt");
        var actual = string.Join('\n', lines) + "\n";
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
            File.WriteAllText(file, actual);
        if (File.Exists(file) && File.ReadAllText(file) == actual)
            return;
        var beside = Repository.PathOf($"out/transcripts/{name}.txt");
        Directory.CreateDirectory(Path.GetDirectoryName(beside)!);
        File.WriteAllText(beside, actual);
        Assert.Fail($"What happened is another story now: diff {file} {beside}. If it is a better one: UPDATE_GOLDEN=1 dotnet test tests/PatchOperator.Tests --filter Transcript");
    }
}
