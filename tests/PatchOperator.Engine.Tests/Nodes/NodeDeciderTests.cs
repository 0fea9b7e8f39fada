using PatchOperator.Api;
using PatchOperator.Engine.Decisions;
using PatchOperator.Engine.Effects;
using PatchOperator.Engine.Facts;
using PatchOperator.Engine.Nodes;
using PatchOperator.Engine.Questions;
using PatchOperator.Engine.World;
using static PatchOperator.Engine.Tests.Given;
using static PatchOperator.Engine.Tests.Nodes.GivenNodes;

namespace PatchOperator.Engine.Tests.Nodes;

public class NodeDeciderTests
{
    private static readonly NodeDecider Decider = new(new ScanBudget(10));

    [Fact]
    public void A_node_without_a_valid_policy_is_left_alone() =>
        Assert.Empty(GivenNodes.Decide(Input(ANode(), new NodePatchSpec(), new NodePatchStatus()) with { Policy = null }).Effects);

    /// <summary>By its lists, too: thousands of nodes are looked at again and again, and hundreds of updates of each would be compared.</summary>
    [Fact]
    public void A_look_that_changes_nothing_gives_the_same_status()
    {
        var looked = GivenNodes.Decide(Input(ANode(), new NodePatchSpec(), Scanned(Package("openssl"), Package("curl", held: true)))).Status;

        Assert.Equal(looked, GivenNodes.Decide(Input(ANode(), new NodePatchSpec(), looked)).Status);
    }

    [Fact]
    public void The_report_of_a_Job_is_asked_for_once_it_has_finished()
    {
        var patch = APatch(status: new NodePatchStatus().WaitingFor("scan"));
        var job = new JobRecord { Name = "scan", Uid = "a", Node = "node-1" };

        Assert.Empty(Decider.Ask(patch, Cluster(patch).WithJob("scan", job), Answers.None, Noon));
        Assert.Equal(
            [new ReportOfStep(job with { Finished = true })],
            Decider.Ask(patch, Cluster(patch).WithJob("scan", job with { Finished = true }), Answers.None, Noon));
    }

    /// <summary>Its making may be too young for the caches: it must not pass for lost.</summary>
    [Fact]
    public void A_Job_that_no_cache_knows_is_asked_for_and_then_its_report()
    {
        var patch = APatch(status: new NodePatchStatus().WaitingFor("scan"));
        var job = new JobRecord { Name = "scan", Uid = "a", Node = "node-1", Finished = true };

        Assert.Equal([new JobAsItIs("scan")], Decider.Ask(patch, Cluster(patch), Answers.None, Noon));
        Assert.Equal([new JobAsItIs("scan"), new ReportOfStep(job)], Decider.Ask(patch, Cluster(patch), new Answers().Add(new JobAsItIs("scan"), job), Noon));
    }

    [Fact]
    public void The_pods_of_a_node_are_asked_for_while_it_drains()
    {
        var draining = APatch(Asked(), Scanned().InPhase(NodePhase.Draining));
        var patching = APatch(Asked(), Scanned().InPhase(NodePhase.Patching));

        Assert.Equal([new PodsToEvict("node-1")], Decider.Ask(draining, Cluster(draining), Answers.None, Noon));
        Assert.Empty(Decider.Ask(patching, Cluster(patching), Answers.None, Noon));
        Assert.Empty(Decider.Ask(draining, Cluster(draining).WithNode("node-1", null), Answers.None, Noon));
    }

    [Fact]
    public void What_was_answered_is_what_is_decided_from()
    {
        var patch = APatch(status: new NodePatchStatus().WaitingFor("scan"));
        var job = new JobRecord { Name = "scan", Uid = "a", Node = "node-1", Finished = true };
        var answers = new Answers().Add(new ReportOfStep(job), Done(false, Package("openssl")));

        var status = Decider.Decide(patch, Cluster(patch).WithJob("scan", job), answers, Noon).Status;

        Assert.Equal((null, "openssl", ComplianceState.NonCompliant), (status.Job, Assert.Single(status.Pending).Name, status.Compliance!.State));
    }

    [Fact]
    public void A_node_that_has_another_ones_name_is_another_node()
    {
        var patch = APatch(Asked(), Scanned().InPhase(NodePhase.Patching).WaitingFor("patch"));
        var decision = Decider.Decide(patch, Cluster(patch, ANode() with { Uid = "another" }), Answers.None, Noon);

        Assert.Equal("the node is gone", decision.Why);
    }

    [Fact]
    public void A_node_that_is_gone_holds_nothing_up_and_leaves_no_Job()
    {
        var decision = GivenNodes.Decide(Input(null, Asked(), Scanned().InPhase(NodePhase.Rebooting), AtWork("reboot")) with { Deleting = true });

        Assert.True(decision.Released);
        Assert.Equal([new DeleteJob("reboot")], decision.Effects);
    }

    /// <summary>How its turn ended is known from the NodePatch alone until its run has written it down.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_NodePatch_that_is_deleted_stays_until_the_turn_of_its_node_is_recorded(bool gone)
    {
        var status = Scanned() with { LastOperation = new OperationRecord { Run = "workers-run", RunUid = "run-uid", Result = OperationResult.Succeeded } };
        var input = Input(gone ? null : ANode(), Asked(), status) with { Deleting = true };

        var waits = GivenNodes.Decide(input with { AwaitsRecord = true });
        Assert.Equal((false, TimeSpan.FromSeconds(10)), (waits.Released, waits.WakeUp));

        Assert.True(GivenNodes.Decide(input).Released);
    }

    [Fact]
    public void An_operation_waits_for_the_scan_that_is_under_way()
    {
        var decision = GivenNodes.Decide(Input(ANode(), Asked(), Scanned().WaitingFor("scan"), AtWork("scan")));

        Assert.Empty(decision.Effects);
        Assert.Equal("scanning", decision.Why);
        Assert.Contains(
            decision.Status.Conditions, condition => condition is { Type: ConditionTypes.Reconciling, Status: "True", Reason: Reasons.OperationInProgress });
    }

    [Fact]
    public void An_operation_waits_for_a_Job_that_was_made_and_not_written_down()
    {
        var input = Input(ANode(), Asked(), Scanned(Package("openssl")), AtWork("a-scan-nobody-knows"));

        Assert.Empty(GivenNodes.Decide(input).Effects);
        Assert.IsType<Cordon>(GivenNodes.Decide(input with { Jobs = new Dictionary<string, JobFacts> { ["a"] = Ended("a") } }).Effects[0]);
    }

    [Fact]
    public void An_operation_of_a_run_that_is_gone_never_begins() =>
        Assert.Empty(GivenNodes.Decide(Input(ANode(), Asked(), Scanned(Package("openssl"))) with { RunExists = false }).Effects);

    [Fact]
    public void An_operation_that_is_over_is_not_begun_again_though_it_is_still_asked_for()
    {
        var over = Scanned() with { LastOperation = new OperationRecord { Run = "workers-run", RunUid = "run-uid", Result = OperationResult.Succeeded } };

        Assert.Empty(GivenNodes.Decide(Input(ANode(), Asked(), over)).Effects);
    }

    [Fact]
    public void The_same_facts_lead_to_the_same_status_so_that_nothing_is_written()
    {
        var first = GivenNodes.Decide(Input(ANode(), new NodePatchSpec(), Scanned(Package("openssl"))));
        var second = GivenNodes.Decide(Input(ANode(), new NodePatchSpec(), first.Status) with { Now = Noon.AddMinutes(5) });

        Assert.Equal(k8s.KubernetesJson.Serialize(first.Status), k8s.KubernetesJson.Serialize(second.Status));
    }

    /// <summary>Case K1: a fail-closed webhook refuses the Job of a node that is cordoned already.</summary>
    [Fact]
    public void What_the_API_server_refuses_is_told_at_once_and_tried_again()
    {
        var patch = APatch(Asked(), Scanned(Package("openssl")));
        var job = GivenNodes.Decide(Input(ANode(), Asked(), patch.Status)).Effects.OfType<CreateJob>().Single();
        var refusal = new Refusal(job, "to create Job patch-1 was refused: webhook policy.example.com: connection refused");

        var decision = Decider.Refused(patch, Cluster(patch, Ours), refusal, Noon);

        Assert.Equal(new RefusedRequest { Since = Noon, Message = refusal.Message }, decision.Status.Refused);
        Assert.Equal([new EngineEvent(Reasons.ApiRefused, refusal.Message, Warning: true)], decision.Events);
        Assert.Equal(TimeSpan.FromSeconds(10), decision.WakeUp);
        Assert.All(
            [(ConditionTypes.Ready, "False"), (ConditionTypes.Reconciling, "True"), (ConditionTypes.Stalled, "False")],
            expected => Assert.Contains(decision.Status.Conditions,
                condition => (condition.Type, condition.Status, condition.Reason, condition.Message) == (expected.Item1, expected.Item2, Reasons.ApiRefused, refusal.Message)));

        var again = Decider.Refused(APatch(Asked(), decision.Status), Cluster(patch, Ours), refusal, Noon.AddMinutes(1));
        Assert.Equal(Noon, again.Status.Refused!.Since);
        Assert.Empty(again.Events);
    }

    [Fact]
    public void What_is_not_refused_any_more_is_forgotten()
    {
        var refused = Scanned(Package("openssl")) with { Refused = new RefusedRequest { Since = Noon.AddMinutes(-1), Message = "no" } };

        Assert.Null(GivenNodes.Decide(Input(Ours, Asked(), refused)).Status.Refused);
    }

    /// <summary>Case K2: the same for the Job of a scan.</summary>
    [Fact]
    public void A_scan_whose_Job_is_refused_has_failed_and_says_why()
    {
        var patch = APatch();
        var scan = GivenNodes.Decide(Input(ANode(), new NodePatchSpec(), new NodePatchStatus())).Effects.OfType<CreateJob>().Single();

        var decision = Decider.Refused(patch, Cluster(patch), new Refusal(scan, "webhook policy.example.com: connection refused"), Noon);

        Assert.Equal(
            new ScanFailure { At = Noon, Count = 1, Reason = Reasons.ApiRefused, Message = "webhook policy.example.com: connection refused" },
            decision.Status.ScanFailure);
        Assert.Equal((ComplianceState.Unknown, Reasons.ScanFailed), (decision.Status.Compliance!.State, decision.Status.Compliance.Reason));
        Assert.Contains("connection refused", decision.Status.Compliance.Message, StringComparison.Ordinal);
        Assert.Equal((Reasons.ScanFailed, TimeSpan.FromMinutes(1)), (Assert.Single(decision.Events).Reason, decision.WakeUp!.Value));
        Assert.Null(decision.Status.Job);
    }

    [Theory]
    [InlineData(NodePhase.Draining, 24, 30, false)]
    [InlineData(NodePhase.Draining, 25, 30, true)]
    [InlineData(NodePhase.Verifying, 9, 10, false)]
    [InlineData(NodePhase.Verifying, 10, 10, true)]
    public void A_question_that_is_refused_is_not_asked_beyond_the_deadline_of_its_phase(NodePhase phase, int minutesFromNow, int _, bool ends)
    {
        var job = new JobRecord { Name = "verify", Uid = "a", Node = "node-1", Finished = true };
        var patch = APatch(Asked(), Scanned().InPhase(phase) with
        {
            Job = phase == NodePhase.Verifying ? "verify" : null,
            Refused = new RefusedRequest { Since = Noon, Message = "the API server refused to tell what there is" },
        });
        var (snapshot, now) = (Cluster(patch, Ours).WithJob("verify", job), Noon.AddMinutes(minutesFromNow));

        Assert.Equal(ends, !Decider.Ask(patch, snapshot, Answers.None, now).Any());
        if (ends)
        {
            var record = Decider.Decide(patch, snapshot, Answers.None, now).Status.LastOperation!;
            Assert.Equal(
                (OperationResult.Failed, Reasons.ApiRefused, "the API server refused to tell what there is"), (record.Result, record.Reason, record.Message));
        }
    }

    [Fact]
    public void A_scan_whose_report_nobody_may_read_fails_after_ten_minutes()
    {
        var status = new NodePatchStatus { Refused = new RefusedRequest { Since = Noon.AddMinutes(-10), Message = "no" } }.WaitingFor("scan");
        var decision = GivenNodes.Decide(Input(ANode(), new NodePatchSpec(), status, Ended("scan")));

        Assert.Equal((Reasons.ApiRefused, "no"), (decision.Status.ScanFailure!.Reason, decision.Status.ScanFailure.Message));
    }

    /// <summary>Case K6: the cluster autoscaler is about to remove the node.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_node_that_is_about_to_be_removed_is_neither_scanned_nor_patched(bool asked)
    {
        var decision = GivenNodes.Decide(Input(ANode() with { Leaving = true }, asked ? Asked() : new NodePatchSpec(), new NodePatchStatus()));

        Assert.Empty(decision.Effects);
        Assert.Equal(asked ? OperationResult.Cancelled : null, decision.Status.LastOperation?.Result);
    }
}
