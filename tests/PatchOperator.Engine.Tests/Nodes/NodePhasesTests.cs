using PatchOperator.Api;
using PatchOperator.Engine.Facts;
using PatchOperator.Engine.Nodes;
using static PatchOperator.Engine.Tests.Given;

namespace PatchOperator.Engine.Tests.Nodes;

public class NodePhasesTests
{
    [Fact]
    public void A_node_that_was_never_scanned_is_scanned()
    {
        var decision = NodePhases.Decide(Input(ANode(), new NodePatchSpec(), new NodePatchStatus()));

        var job = Assert.IsType<NodeAction.CreateJob>(Assert.Single(decision.Actions)).Job;
        Assert.Equal(OperationStep.Scan, job.Step);
        Assert.Equal(job.Name, decision.Status.Job);
        Assert.Equal(ComplianceState.Unknown, decision.Status.Compliance!.State);
        Assert.Equal(Reasons.NotScanned, decision.Status.Compliance.Reason);
    }

    [Fact]
    public void A_node_that_is_not_ready_is_not_scanned() =>
        Assert.Empty(NodePhases.Decide(Input(ANode() with { Ready = false }, new NodePatchSpec(), new NodePatchStatus())).Actions);

    [Fact]
    public void A_node_without_a_valid_policy_is_left_alone() =>
        Assert.Empty(NodePhases.Decide(Input(ANode(), new NodePatchSpec(), new NodePatchStatus()) with { Policy = null }).Actions);

    [Fact]
    public void A_node_that_rebooted_by_itself_is_scanned_again() =>
        Assert.Single(NodePhases.Decide(Input(ANode() with { BootId = "boot-2" }, new NodePatchSpec(), Scanned())).Actions);

    [Fact]
    public void The_next_scan_comes_within_the_interval_and_not_before()
    {
        var decision = NodePhases.Decide(Input(ANode(), new NodePatchSpec(), Scanned()));

        Assert.Empty(decision.Actions);
        Assert.InRange(decision.WakeUp!.Value, TimeSpan.FromHours(24 * 0.9 - 1), TimeSpan.FromHours(23));
        Assert.Single(NodePhases.Decide(Input(ANode(), new NodePatchSpec(), Scanned()) with { Now = Noon + decision.WakeUp.Value }).Actions);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 4)]
    [InlineData(20, 60)]
    public void A_failed_scan_is_tried_again_later_and_later(int failures, int minutes)
    {
        var status = new NodePatchStatus { ScanFailure = new ScanFailure { At = Noon, Count = failures, Reason = "LockHeld" } };

        Assert.Equal(TimeSpan.FromMinutes(minutes), NodePhases.Decide(Input(ANode(), new NodePatchSpec(), status)).WakeUp);
    }

    [Fact]
    public void A_scan_Job_without_a_report_is_a_failed_scan_and_never_compliance()
    {
        var decision = NodePhases.Decide(Input(ANode(), new NodePatchSpec(), new NodePatchStatus().WaitingFor("scan"), new JobFacts { Name = "scan", Finished = true }));

        Assert.Equal(Reasons.ReportMissing, decision.Status.ScanFailure!.Reason);
        Assert.Equal(ComplianceState.Unknown, decision.Status.Compliance!.State);
    }

    [Fact]
    public void An_unknown_reboot_state_is_neither_compliant_nor_pending_reboot()
    {
        var job = new JobFacts { Name = "scan", Finished = true, Report = Done(reboot: null) };
        var decision = NodePhases.Decide(Input(ANode(), new NodePatchSpec(), new NodePatchStatus().WaitingFor("scan"), job));

        Assert.Equal("Unknown", decision.Status.RebootRequired!.Status);
        Assert.Equal((ComplianceState.Unknown, Reasons.RebootUnknown), (decision.Status.Compliance!.State, decision.Status.Compliance.Reason));
    }

    [Fact]
    public void The_time_an_update_was_first_seen_is_kept()
    {
        var job = new JobFacts { Name = "scan", Finished = true, Report = Done(false, Package("openssl"), Package("curl")) };
        var decision = NodePhases.Decide(Input(ANode(), new NodePatchSpec(), Scanned(Package("openssl")).WaitingFor("scan"), job));

        Assert.Equal([("curl", Noon), ("openssl", Noon.AddHours(-1))], decision.Status.Pending.Select(package => (package.Name, package.FirstSeen)));
    }

    [Theory]
    [InlineData(DrainMode.Always, RebootMode.Never, "False", NodePhase.Draining)]
    [InlineData(DrainMode.Never, RebootMode.Always, "False", NodePhase.Patching)]
    [InlineData(DrainMode.WhenRebooting, RebootMode.Always, "False", NodePhase.Draining)]
    [InlineData(DrainMode.WhenRebooting, RebootMode.IfRequired, "False", NodePhase.Patching)]
    [InlineData(DrainMode.WhenRebooting, RebootMode.IfRequired, "True", NodePhase.Draining)]
    [InlineData(DrainMode.WhenRebooting, RebootMode.Never, "True", NodePhase.Patching)]
    public void An_operation_cordons_and_drains_first_when_it_is_known_that_it_must(DrainMode drain, RebootMode reboot, string rebootRequired, NodePhase expected)
    {
        var decision = NodePhases.Decide(Input(ANode(), Asked(Settings(reboot, drain)), Scanned(Package("openssl")).NeedingReboot(rebootRequired)));

        Assert.Equal(new NodeAction.Cordon("workers-run"), decision.Actions[0]);
        Assert.Equal(expected, decision.Status.Phase);
        Assert.Equal(new CordonState { By = "workers-run" }, decision.Status.Cordon);
        Assert.Equal(ComplianceState.NonCompliant, decision.Status.Compliance!.State);
    }

    [Fact]
    public void A_node_that_somebody_else_cordoned_is_not_taken_for_ours()
    {
        var decision = NodePhases.Decide(Input(ANode().CordonedBy(null), Asked(), Scanned(Package("openssl"))));

        Assert.DoesNotContain(decision.Actions, action => action is NodeAction.Cordon);
        Assert.True(decision.Status.Cordon!.PriorUnschedulable);
    }

    [Fact]
    public void A_crash_after_the_cordon_leads_to_the_same_operation()
    {
        var decision = NodePhases.Decide(Input(ANode().CordonedBy("workers-run"), Asked(), Scanned(Package("openssl"))));

        Assert.IsType<NodeAction.CreateJob>(Assert.Single(decision.Actions));
        Assert.False(decision.Status.Cordon!.PriorUnschedulable);
    }

    [Fact]
    public void A_node_uncordoned_in_the_middle_of_its_turn_is_cordoned_again()
    {
        var decision = NodePhases.Decide(Input(ANode(), Asked(), Scanned().InPhase(NodePhase.Patching).WaitingFor("patch"), new JobFacts { Name = "patch" }));

        Assert.Equal([new NodeAction.Cordon("workers-run")], decision.Actions);
    }

    [Fact]
    public void Pods_are_evicted_until_none_is_left()
    {
        var leaving = new PodToEvict { Namespace = "default", Name = "web-1", Uid = "a", Terminating = true };
        var staying = new PodToEvict { Namespace = "default", Name = "web-2", Uid = "b" };
        var input = Input(ANode().CordonedBy("workers-run"), Asked(), Scanned().InPhase(NodePhase.Draining));

        var evict = Assert.IsType<NodeAction.Evict>(Assert.Single(NodePhases.Decide(input with { Drain = new DrainFacts([leaving, staying]) }).Actions));
        Assert.Equal([staying], evict.Pods);
        Assert.Empty(NodePhases.Decide(input with { Drain = new DrainFacts([leaving]) }).Actions);
        Assert.Equal(NodePhase.Patching, NodePhases.Decide(input with { Drain = new DrainFacts([]) }).Status.Phase);
    }

    [Fact]
    public void A_drain_that_a_budget_blocks_times_out_and_names_pod_and_budget()
    {
        var blocked = new PodToEvict { Namespace = "default", Name = "web-1", Uid = "a", Answer = EvictionAnswer.Blocked, AnswerMessage = "The disruption budget web needs 2 healthy pods" };
        var input = Input(ANode().CordonedBy("workers-run"), Asked(), Scanned().InPhase(NodePhase.Draining)) with { Drain = new DrainFacts([blocked]) };

        Assert.Contains("pod default/web-1 is blocked: The disruption budget web needs 2 healthy pods", NodePhases.Decide(input).Why, StringComparison.Ordinal);
        var decision = NodePhases.Decide(input with { Now = Noon.AddMinutes(25) });
        Assert.Equal((NodePhase.Failed, Reasons.DrainTimedOut), (decision.Status.Phase, decision.Status.LastOperation!.Reason));
        Assert.Contains("web-1 is blocked: The disruption budget web", decision.Status.LastOperation.Message, StringComparison.Ordinal);
        Assert.Contains(new NodeAction.Uncordon(), decision.Actions);
    }

    [Fact]
    public void An_eviction_that_can_never_succeed_fails_at_once()
    {
        var impossible = new PodToEvict { Namespace = "default", Name = "web-1", Uid = "a", Answer = EvictionAnswer.Impossible, AnswerMessage = "more than one PodDisruptionBudget" };
        var decision = NodePhases.Decide(Input(ANode().CordonedBy("workers-run"), Asked(), Scanned().InPhase(NodePhase.Draining)) with { Drain = new DrainFacts([impossible]) });

        Assert.Equal(Reasons.DrainMisconfigured, decision.Status.LastOperation!.Reason);
    }

    [Theory]
    [InlineData(RebootMode.IfRequired, false, NodePhase.Verifying)]
    [InlineData(RebootMode.IfRequired, true, NodePhase.Draining)]
    [InlineData(RebootMode.Always, false, NodePhase.Draining)]
    [InlineData(RebootMode.Never, true, NodePhase.Verifying)]
    public void After_patching_the_node_is_rebooted_where_that_is_due(RebootMode mode, bool due, NodePhase expected)
    {
        var job = new JobFacts { Name = "patch", Finished = true, Report = Done(due) };
        var decision = NodePhases.Decide(Input(ANode().CordonedBy("workers-run"), Asked(Settings(mode)), Scanned().InPhase(NodePhase.Patching).WaitingFor("patch"), job));

        Assert.Equal(expected, decision.Status.Phase);
        Assert.Equal("openssl", Assert.Single(decision.Status.LastOperation!.Changed).Name);
        Assert.Equal("new", decision.Status.LastScan!.PatchLevel);
    }

    [Fact]
    public void A_step_that_ends_without_a_report_is_tried_again_under_another_name_and_then_fails()
    {
        var input = Input(ANode().CordonedBy("workers-run"), Asked(), Scanned().InPhase(NodePhase.Patching).WaitingFor("patch"), new JobFacts { Name = "patch", Finished = true });

        var second = NodePhases.Decide(input);
        Assert.Equal(2, second.Status.Attempt);
        Assert.NotEqual("patch", second.Status.Job);
        var last = NodePhases.Decide(input with { Status = input.Status with { Attempt = 3 } });
        Assert.Equal((NodePhase.Failed, Reasons.ReportMissing), (last.Status.Phase, last.Status.LastOperation!.Reason));
    }

    [Fact]
    public void A_step_whose_Job_was_deleted_is_tried_again() =>
        Assert.Equal(2, NodePhases.Decide(Input(ANode().CordonedBy("workers-run"), Asked(), Scanned().InPhase(NodePhase.Patching).WaitingFor("gone"))).Status.Attempt);

    [Fact]
    public void A_failing_package_manager_fails_the_node_and_a_healthy_node_is_uncordoned()
    {
        var job = new JobFacts { Name = "patch", Finished = true, Report = Failure("RepositoryUnavailable", "http://mirror is down") };
        var decision = NodePhases.Decide(Input(ANode().CordonedBy("workers-run"), Asked(), Scanned(Package("openssl")).InPhase(NodePhase.Patching).WaitingFor("patch"), job));

        Assert.Equal([new NodeAction.Uncordon()], decision.Actions);
        Assert.Equal((OperationStep.Patch, "RepositoryUnavailable", "http://mirror is down"),
            (decision.Status.LastOperation!.Step!.Value, decision.Status.LastOperation.Reason, decision.Status.LastOperation.Message));
        Assert.Equal(ComplianceState.Failed, decision.Status.Compliance!.State);
    }

    [Fact]
    public void A_failed_step_that_could_not_say_what_is_pending_makes_no_node_compliant()
    {
        var report = Failure("RepositoryUnavailable", "http://mirror is down") with { PatchLevel = "old", RebootRequired = false };
        var job = new JobFacts { Name = "patch", Finished = true, Report = report };
        var decision = NodePhases.Decide(Input(ANode().CordonedBy("workers-run"), Asked(), Scanned(Package("openssl")).InPhase(NodePhase.Patching).WaitingFor("patch"), job));

        Assert.Equal("openssl", Assert.Single(decision.Status.Pending).Name);
        Assert.Equal(Noon.AddHours(-1), decision.Status.LastScan!.Time);
        Assert.Equal(ComplianceState.Failed, decision.Status.Compliance!.State);
    }

    [Fact]
    public void A_message_of_any_length_fits_the_schema()
    {
        var job = new JobFacts { Name = "patch", Finished = true, Report = Failure("PackageManagerFailed", new string('x', 5000)) };
        var status = NodePhases.Decide(Input(ANode().CordonedBy("workers-run"), Asked(), Scanned(Package("openssl")).InPhase(NodePhase.Patching).WaitingFor("patch"), job)).Status;

        Assert.Equal(1024, status.LastOperation!.Message!.Length);
        Assert.All(status.Conditions, condition => Assert.InRange(condition.Message.Length, 1, 1024));
        Assert.InRange(status.Compliance!.Message.Length, 1, 1024);
    }

    [Fact]
    public void A_scan_that_could_not_say_what_is_pending_is_no_scan()
    {
        var job = new JobFacts { Name = "scan", Finished = true, Report = Done() with { Pending = null, PendingCount = null } };
        var decision = NodePhases.Decide(Input(ANode(), new NodePatchSpec(), new NodePatchStatus().WaitingFor("scan"), job));

        Assert.NotNull(decision.Status.ScanFailure);
        Assert.Equal(ComplianceState.Unknown, decision.Status.Compliance!.State);
    }

    [Fact]
    public void A_node_that_failed_away_is_uncordoned_when_it_is_back()
    {
        var failed = Scanned() with { Phase = NodePhase.Failed, LastOperation = new OperationRecord { RunUid = "run-uid", Result = OperationResult.Failed } };

        Assert.Empty(NodePhases.Decide(Input(ANode().CordonedBy("workers-run") with { Ready = false }, Asked(), failed)).Actions);
        Assert.Contains(new NodeAction.Uncordon(), NodePhases.Decide(Input(ANode().CordonedBy("workers-run"), Asked(), failed)).Actions);
    }

    [Fact]
    public void A_reboot_is_proved_by_another_boot_ID_and_Ready_whatever_became_of_its_Job()
    {
        var status = Scanned().InPhase(NodePhase.Rebooting, record => record with { PatchedAt = Noon, DrainedAt = Noon }).WaitingFor("reboot") with { BootIdBefore = "boot-1" };
        var killed = new JobFacts { Name = "reboot", Finished = true, Problem = "exit 143" };

        Assert.Equal(NodePhase.Rebooting, NodePhases.Decide(Input(ANode().CordonedBy("workers-run"), Asked(), status, killed)).Status.Phase);
        Assert.Equal(NodePhase.Rebooting, NodePhases.Decide(Input(ANode().CordonedBy("workers-run") with { BootId = "boot-2", Ready = false }, Asked(), status, killed)).Status.Phase);
        var back = NodePhases.Decide(Input(ANode().CordonedBy("workers-run") with { BootId = "boot-2" }, Asked(), status, killed));
        Assert.Equal(NodePhase.Verifying, back.Status.Phase);
        Assert.Equal(Noon, back.Status.LastOperation!.RebootedAt);
    }

    [Fact]
    public void A_reboot_Job_that_has_not_run_yet_never_reboots_a_second_time()
    {
        var status = Scanned().InPhase(NodePhase.Rebooting, record => record with { PatchedAt = Noon, DrainedAt = Noon }).WaitingFor("reboot") with { BootIdBefore = "boot-1" };
        var decision = NodePhases.Decide(Input(ANode().CordonedBy("workers-run") with { BootId = "boot-2" }, Asked(), status, new JobFacts { Name = "reboot" }));

        Assert.Equal(new NodeAction.DeleteJob("reboot"), decision.Actions[0]);
    }

    [Fact]
    public void A_crash_after_the_reboot_was_asked_for_does_not_reboot_twice()
    {
        var input = Input(ANode().CordonedBy("workers-run"), Asked(Settings(RebootMode.Always)), Scanned().InPhase(NodePhase.Draining, record => record with { PatchedAt = Noon })) with
        {
            Drain = new DrainFacts([]),
        };
        var asked = Assert.IsType<NodeAction.CreateJob>(Assert.Single(NodePhases.Decide(input).Actions)).Job;

        var made = new JobFacts { Name = asked.Name, Finished = true, BootId = asked.BootId };
        var after = NodePhases.Decide(input with { Node = input.Node! with { BootId = "boot-2" }, Jobs = new Dictionary<string, JobFacts> { [made.Name] = made } });
        Assert.Empty(after.Actions);
        Assert.Equal("boot-1", after.Status.BootIdBefore);
    }

    [Theory]
    [InlineData("boot-1", "it has not rebooted")]
    [InlineData("boot-2", "it has rebooted, but is not Ready")]
    public void A_node_that_does_not_come_back_fails_and_stays_cordoned(string bootId, string words)
    {
        var status = Scanned().InPhase(NodePhase.Rebooting).WaitingFor("reboot") with { BootIdBefore = "boot-1" };
        var decision = NodePhases.Decide(Input(ANode().CordonedBy("workers-run") with { Ready = false, BootId = bootId }, Asked(), status) with { Now = Noon.AddMinutes(10) });

        Assert.Equal((NodePhase.Failed, Reasons.RebootTimedOut), (decision.Status.Phase, decision.Status.LastOperation!.Reason));
        Assert.Contains(words, decision.Status.LastOperation.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(new NodeAction.Uncordon(), decision.Actions);
        Assert.NotNull(decision.Status.Cordon);
    }

    [Fact]
    public void A_node_that_asks_for_a_reboot_right_after_one_fails_instead_of_looping()
    {
        var status = Scanned().InPhase(NodePhase.Verifying, record => record with { RebootedAt = Noon.AddMinutes(-1) }).WaitingFor("verify");
        var decision = NodePhases.Decide(Input(ANode().CordonedBy("workers-run"), Asked(), status, new JobFacts { Name = "verify", Finished = true, Report = Done(true) }));

        Assert.Equal(Reasons.RebootStillRequired, decision.Status.LastOperation!.Reason);
    }

    [Fact]
    public void A_verified_node_is_handed_back_after_minReadySeconds()
    {
        var status = Scanned().InPhase(NodePhase.Verifying, record => record with { RebootedAt = Noon }).WaitingFor("verify");
        var input = Input(ANode().CordonedBy("workers-run"), Asked(), status, new JobFacts { Name = "verify", Finished = true, Report = Done() });

        var early = NodePhases.Decide(input);
        Assert.Equal((NodePhase.Verifying, TimeSpan.FromSeconds(10)), (early.Status.Phase, early.WakeUp!.Value));
        var decision = NodePhases.Decide(input with { Now = Noon.AddSeconds(10) });
        Assert.Equal([new NodeAction.Uncordon()], decision.Actions);
        Assert.Equal((NodePhase.Idle, OperationResult.Succeeded), (decision.Status.Phase, decision.Status.LastOperation!.Result));
        Assert.Equal(ComplianceState.Compliant, decision.Status.Compliance!.State);
        Assert.Null(decision.Status.Cordon);
    }

    [Fact]
    public void A_node_that_an_administrator_had_cordoned_stays_cordoned()
    {
        var status = Scanned().InPhase(NodePhase.Verifying).WaitingFor("verify");
        var decision = NodePhases.Decide(Input(ANode().CordonedBy(null), Asked(), status, new JobFacts { Name = "verify", Finished = true, Report = Done() }));

        Assert.Empty(decision.Actions);
        Assert.Equal(OperationResult.Succeeded, decision.Status.LastOperation!.Result);
    }

    [Fact]
    public void A_withdrawn_run_lets_the_package_manager_finish_and_then_restores_the_node()
    {
        var input = Input(ANode().CordonedBy("workers-run"), new NodePatchSpec(), Scanned().InPhase(NodePhase.Patching).WaitingFor("patch"), new JobFacts { Name = "patch" });

        Assert.Empty(NodePhases.Decide(input).Actions);
        var finished = new Dictionary<string, JobFacts> { ["patch"] = new() { Name = "patch", Finished = true } };
        var decision = NodePhases.Decide(input with { Jobs = finished, Deleting = true });
        Assert.Equal([new NodeAction.DeleteJob("patch"), new NodeAction.Uncordon()], decision.Actions);
        Assert.Equal((NodePhase.Idle, OperationResult.Cancelled), (decision.Status.Phase, decision.Status.LastOperation!.Result));
        Assert.True(decision.Released);
    }

    [Fact]
    public void A_node_that_is_gone_holds_nothing_up() =>
        Assert.True(NodePhases.Decide(Input(null, Asked(), Scanned().InPhase(NodePhase.Rebooting)) with { Deleting = true }).Released);

    [Fact]
    public void The_same_facts_lead_to_the_same_status_so_that_nothing_is_written()
    {
        var first = NodePhases.Decide(Input(ANode(), new NodePatchSpec(), Scanned(Package("openssl"))));
        var second = NodePhases.Decide(Input(ANode(), new NodePatchSpec(), first.Status) with { Now = Noon.AddMinutes(5) });

        Assert.Equal(k8s.KubernetesJson.Serialize(first.Status), k8s.KubernetesJson.Serialize(second.Status));
    }
}
