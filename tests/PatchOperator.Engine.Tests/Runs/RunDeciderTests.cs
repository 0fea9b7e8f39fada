using PatchOperator.Api;
using PatchOperator.Engine.Calendars;
using PatchOperator.Engine.Decisions;
using PatchOperator.Engine.Effects;
using PatchOperator.Engine.Runs;
using PatchOperator.Engine.World;
using static PatchOperator.Engine.Tests.Given;
using static PatchOperator.Engine.Tests.Runs.GivenRuns;

namespace PatchOperator.Engine.Tests.Runs;

public class RunDeciderTests
{
    public static TheoryData<NodeView[], bool, RunPhase, string, string[]> Table => new()
    {
        { [InFlight("a"), Pending("b")], false, RunPhase.Running, "patching", [] },
        { [Pending("a")], false, RunPhase.Running, "patching", ["a"] },
        {
            [Pending("a").NotReady(), Pending("b")], false, RunPhase.Running, "no slot is free: maxUnavailable is 1 and these are unavailable: a (not Ready)",
            []
        },
        { [Pending("a")], true, RunPhase.WaitingForWindow, "1 nodes wait for the next window", [] },
        { [Finished("a", OperationResult.Succeeded)], true, RunPhase.Succeeded, "1 nodes patched and verified", [] },
    };

    [Theory, MemberData(nameof(Table))]
    public void A_run_is_in_the_phase_that_its_gates_say(NodeView[] views, bool cutoff, RunPhase phase, string message, string[] admitted)
    {
        var decision = RunDecider.Decide(Input(Settings(), views) with { Windows = Named(cutoff ? ClosingWindow() : OpenWindow()) }, []);

        Assert.Equal((phase, message, message), (decision.Status.Phase!.Value, decision.Status.Message, decision.Why));
        Assert.Equal(admitted, decision.Effects.OfType<SetOperation>().Where(effect => effect.Operation is not null).Select(effect => effect.Node));
    }

    public static TheoryData<RunPhase, string, string[], bool> Conditions => new()
    {
        { RunPhase.Running, Reasons.RunRunning, ["Ready False", "Reconciling True", "Stalled False"], false },
        { RunPhase.WaitingForWindow, Reasons.WaitingForWindow, ["Ready False", "Reconciling True", "Stalled False"], false },
        { RunPhase.PendingApproval, Reasons.PendingApproval, ["Ready False", "Reconciling True", "Stalled False"], false },
        { RunPhase.Soaking, Reasons.RunSoaking, ["Ready False", "Reconciling True", "Stalled False"], false },
        { RunPhase.Paused, Reasons.RunPaused, ["Ready False", "Reconciling True", "Stalled False"], false },
        { RunPhase.Halted, Reasons.RunHalted, ["Ready False", "Reconciling False", "Stalled True"], true },
        { RunPhase.Succeeded, Reasons.RunSucceeded, ["Ready True", "Reconciling False", "Stalled False"], false },
        { RunPhase.Failed, Reasons.RunFailed, ["Ready False", "Reconciling False", "Stalled True"], true },
        { RunPhase.Cancelled, Reasons.RunCancelled, ["Ready True", "Reconciling False", "Stalled False"], false },
        { RunPhase.Superseded, Reasons.RunSuperseded, ["Ready True", "Reconciling False", "Stalled False"], false },
    };

    [Theory, MemberData(nameof(Conditions))]
    public void Conditions_follow_from_the_phase_and_it_is_told_once(RunPhase phase, string reason, string[] conditions, bool warning)
    {
        var input = phase switch
        {
            RunPhase.Running => Input(Settings(), Pending("a")),
            RunPhase.WaitingForWindow => Input(Settings(), Pending("a")) with { Windows = [] },
            RunPhase.PendingApproval => Input(Settings(), Pending("a")).Planned(plan => plan with { Approval = ApprovalMode.Manual }),
            RunPhase.Soaking => Input(Settings(), Finished("c", OperationResult.Succeeded), Pending("r")).InWaves(new PlanWave { Name = "canary", Soak = "1h" }, new PlanWave { Name = "rest" }),
            RunPhase.Paused => Input(Settings(), Pending("a")).Saying(spec => spec with { Paused = true }),
            RunPhase.Halted => Input(Settings(), Finished("a", OperationResult.Failed), Pending("b")),
            RunPhase.Succeeded => Input(Settings(), Finished("a", OperationResult.Succeeded)),
            RunPhase.Failed => Input(Settings(failureThreshold: "2"), Finished("a", OperationResult.Failed)),
            RunPhase.Cancelled => Input(Settings(), Pending("a")) with { Policy = null },
            _ => Input(Settings(), Pending("a")) with { Policy = Edited() },
        };

        var decision = RunDecider.Decide(input, []);
        var status = decision.Status;

        Assert.Equal(phase, status.Phase);
        Assert.Equal(conditions, status.Conditions.Select(condition => $"{condition.Type} {condition.Status}"));
        Assert.All(status.Conditions, condition => Assert.Equal((reason, status.Message), (condition.Reason, condition.Message)));
        Assert.Equal(phase is RunPhase.Succeeded or RunPhase.Failed or RunPhase.Cancelled or RunPhase.Superseded ? Noon : null, status.FinishedAt);
        Assert.Equal([new EngineEvent(reason, status.Message!, warning)], decision.Events);
        input.Run.Status = status;
        Assert.Empty(RunDecider.Decide(input, []).Events);
    }

    /// <summary>Invariant: a run is not over before all that it did is written down, and of what it still has to do nothing comes first.</summary>
    [Fact]
    public void A_run_records_what_has_ended_before_its_status_says_so_and_before_it_goes_on()
    {
        var over = RunDecider.Decide(Input(Settings(failureThreshold: "2"), Finished("a", OperationResult.Succeeded), Finished("b", OperationResult.Failed)), []);
        var record = Assert.Single(Assert.IsType<WriteRecords>(Assert.Single(over.Effects)).Records);
        Assert.Equal((RunPhase.Failed, true), (over.Status.Phase, record.Spec.Complete));
        Assert.Equal(["a Succeeded", "b Failed"], record.Spec.Nodes.Select(node => $"{node.Name} {node.Result}"));
        Assert.Equal((1, 2), (over.Status.Records!.Count, over.Status.Records.Nodes));

        var under = RunDecider.Decide(Input(Settings(), Finished("a", OperationResult.Succeeded), Pending("b")), []);
        Assert.Equal([typeof(WriteRecords), typeof(SetOperation)], under.Effects.Select(effect => effect.GetType()));
    }

    [Fact]
    public void A_run_looks_again_when_what_has_ended_has_waited_for_long_enough()
    {
        var input = Input(Settings(), Finished("a", OperationResult.Succeeded), InFlight("b")) with { Now = Noon.AddMinutes(-10).AddSeconds(5) };

        Assert.Equal(TimeSpan.FromSeconds(25), RunDecider.Decide(input, []).WakeUp);
    }

    /// <summary>A node that is gone, or was made anew, is known from its NodePatch for a moment more.</summary>
    [Fact]
    public void A_node_that_is_gone_is_recorded_as_far_as_it_is_known()
    {
        var (here, gone) = (Finished("a", OperationResult.Succeeded), Finished("b", OperationResult.Succeeded));
        var input = Input(Settings(), here, gone) with { Node = name => name == "a" ? here : null, PatchOf = node => node.Name == "b" ? gone.Patch : null };

        Assert.Equal(["a Succeeded", "b Succeeded"], Recorded(input));
        Assert.Equal(["a Succeeded", "b Skipped"], Recorded(input with { PatchOf = _ => null }));
    }

    [Fact]
    public void A_node_that_is_recorded_is_not_recorded_again()
    {
        var (a, b) = (Finished("a", OperationResult.Succeeded), Finished("b", OperationResult.Failed));
        var input = Input(Settings(failureThreshold: "2"), a, b) with
        {
            Records = RecordsOfRun.None.With([new PatchRecord
            {
                Metadata = new k8s.Models.V1ObjectMeta { Name = "record-1" },
                Spec = new PatchRecordSpec { Number = 1, Nodes = [new RecordedNode { Name = "a", Uid = a.Node.Uid }] },
            }]),
        };

        Assert.Equal(["a Succeeded", "b Failed"], Recorded(input));
        Assert.Equal(["b Failed"], Recorded(input with { Records = RecordsOfRun.None.With([Complete(input.Records.Last!.Open!)]) }));

        static PatchRecord Complete(PatchRecord record) => new() { Metadata = record.Metadata, Spec = record.Spec with { Complete = true } };
    }

    /// <summary>It has another turn, once its NodePatch is made anew: that one is recorded.</summary>
    [Fact]
    public void A_turn_that_was_withdrawn_with_its_NodePatch_is_not_recorded()
    {
        var (withdrawn, deleted) = (Finished("a", OperationResult.Cancelled), Finished("b", OperationResult.Cancelled));
        deleted.Patch!.Metadata.DeletionTimestamp = Noon.UtcDateTime;

        Assert.Equal(["a Cancelled"], Recorded(Input(Settings(), withdrawn, deleted)));
    }

    private static IEnumerable<string> Recorded(RunInput input) => RunDecider.Decide(input, []).Effects.OfType<WriteRecords>()
        .SelectMany(effect => effect.Records).SelectMany(record => record.Spec.Nodes).Select(node => $"{node.Name} {node.Result}");

    [Fact]
    public void The_rule_that_holds_a_run_back_is_in_its_status_and_none_while_nodes_may_begin()
    {
        var held = RunDecider.Decide(Input(Settings(), Finished("a", OperationResult.Failed), Pending("b")), []).Status;

        var gate = Assert.Single(held.Gates);
        Assert.Equal(("FailureThreshold", RunGateAnswer.Halt, held.Message), (gate.Name, gate.Answer, gate.Why));
        Assert.Empty(RunDecider.Decide(Input(Settings(), Pending("a")), []).Status.Gates);
    }

    [Fact]
    public void What_the_window_was_too_short_for_goes_on_in_the_next_one()
    {
        var input = Input(Settings(), Finished("a", OperationResult.Succeeded), Pending("b"));

        var waiting = RunDecider.Decide(input with { Windows = Named(ClosedWindow()) }, []);
        Assert.Equal((RunPhase.WaitingForWindow, TimeSpan.FromHours(8)), (waiting.Status.Phase!.Value, waiting.WakeUp!.Value));
        input.Run.Status = waiting.Status;
        Assert.Equal("b", Assert.Single(RunDecider.Decide(input, []).Effects.OfType<SetOperation>()).Node);
    }

    [Fact]
    public void A_halted_run_goes_on_when_resumed_and_halts_again_at_the_next_failure()
    {
        var input = Input(Settings(), Finished("a", OperationResult.Failed), Finished("b", OperationResult.Failed), Pending("c"));
        input.Run.Status = RunDecider.Decide(input, []).Status;

        Assert.Equal(RunPhase.Halted, input.Run.Status.Phase);
        Assert.Equal(["a", "b"], input.Run.Status.Failures.Select(failure => failure.Node));
        Assert.Empty(RunDecider.Decide(input, []).Effects.OfType<SetOperation>());

        var resumed = RunDecider.Decide(Resume(input), []);
        Assert.Equal(["c"], resumed.Effects.OfType<SetOperation>().Select(effect => effect.Node));
        Assert.Equal([ApiGroup.ResumeAnnotation], Assert.Single(resumed.Effects.OfType<RemoveAnnotations>()).Annotations);
        Assert.Equal((RunPhase.Running, 2), (resumed.Status.Phase!.Value, resumed.Status.AcknowledgedFailures));
        Assert.Contains(resumed.Status.Timeline, entry => entry.Event == "Resumed: 2 failures accepted");
        Assert.Equal([Reasons.RunRunning], resumed.Events.Select(told => told.Reason));

        var again = Input(
            Settings(), Finished("a", OperationResult.Failed), Finished("b", OperationResult.Failed), Finished("c", OperationResult.Failed), Pending("d"));
        again.Run.Status = resumed.Status;
        Assert.Equal(RunPhase.Halted, RunDecider.Decide(again, []).Status.Phase);
    }

    [Fact]
    public void Who_has_approved_is_told_once_and_who_has_approved_another_plan_too()
    {
        var input = Input(Settings(), Pending("a")).Planned(plan => plan with { Approval = ApprovalMode.Manual })
            .Saying(spec => spec with { Approvals = [Approval(Another, "bob"), Approval(Digest) with { Reason = "CHG-1042" }] });

        var decision = RunDecider.Decide(input, []);

        var ignored = $"the approval by bob names another plan, {Another}, and counts for nothing";
        Assert.Equal("a", Assert.Single(decision.Effects.OfType<SetOperation>()).Node);
        Assert.Equal(
            [new EngineEvent(Reasons.ApprovalIgnored, ignored, Warning: true), new EngineEvent(Reasons.RunApproved, "approved by alice: CHG-1042")],
            decision.Events.Take(2));
        Assert.Equal([ignored, "approved by alice: CHG-1042", "Running: patching"], decision.Status.Timeline.Select(entry => entry.Event));
        input.Run.Status = decision.Status;
        Assert.Empty(RunDecider.Decide(input, []).Events);
        Assert.Equal(3, RunDecider.Decide(input, []).Status.Timeline.Count);
    }

    [Fact]
    public void How_far_each_wave_is_is_told_and_stays_so()
    {
        var input = Input(Settings(), Finished("c", OperationResult.Succeeded), InFlight("r"), Pending("s"))
            .InWaves(new PlanWave { Name = "canary" }, new PlanWave { Name = "rest" }, new PlanWave { Name = "slow" });

        var status = RunDecider.Decide(input, []).Status;

        Assert.Equal(
            [
                new RunWave { Name = "canary", Total = 1, Succeeded = 1, StartedAt = Noon, FinishedAt = Noon, SoakedAt = Noon },
                new RunWave { Name = "rest", Total = 1, InProgress = 1, StartedAt = Noon }, new RunWave { Name = "slow", Total = 1, Pending = 1 },
            ],
            status.Waves);
        Assert.Equal(
            ["Wave canary begins: 1 nodes", "Wave canary has finished: 1 succeeded, 0 failed, 0 skipped", "Wave rest begins: 1 nodes", "Running: patching"],
            status.Timeline.Select(entry => entry.Event));
        input.Run.Status = status;
        Assert.Equal(Json(status), Json(RunDecider.Decide(input with { Now = Noon.AddMinutes(9) }, []).Status));
        Assert.Equal(status.Waves, RunDecider.Decide(input with { Plan = null }, []).Status.Waves);
    }

    [Fact]
    public void That_a_run_was_cancelled_is_remembered_with_its_time()
    {
        var input = Input(Settings(), InFlight("a"), Pending("b")).Saying(spec => spec with { Cancelled = true });
        input.Run.Status = RunDecider.Decide(input, []).Status;

        var later = RunDecider.Decide(input.Saying(spec => spec with { Cancelled = false }) with { Now = Noon.AddMinutes(1) }, []);

        Assert.Equal((RunPhase.Running, Noon), (later.Status.Phase!.Value, later.Status.CancelledAt!.Value));
        Assert.Empty(later.Effects);
    }

    /// <summary>Whoever waits for the generation of what they wrote is not left waiting.</summary>
    [Fact]
    public void What_is_said_to_a_finished_run_is_heard_and_changes_nothing()
    {
        var input = Input(Settings(), Pending("a")).Saying(spec => spec with { Paused = true });
        (input.Run.Status, input.Run.Metadata.Generation) = (Record(RunPhase.Succeeded), 2);

        Assert.Equal(Json(Record(RunPhase.Succeeded) with { ObservedGeneration = 2 }), Json(RunDecider.Decide(input, []).Status));
    }

    /// <summary>It would otherwise stay, and take effect when nobody thinks of it any more.</summary>
    [Theory]
    [InlineData(null, "new")]
    [InlineData(RunPhase.Running, "Running")]
    [InlineData(RunPhase.WaitingForWindow, "WaitingForWindow")]
    [InlineData(RunPhase.Succeeded, "Succeeded")]
    [InlineData(RunPhase.Failed, "Failed")]
    public void Resume_on_a_run_that_is_not_halted_is_taken_off_and_told(RunPhase? phase, string said)
    {
        var input = Input(Settings(), Pending("a"));
        input.Run.Status = new PatchRunStatus { Phase = phase };

        var decision = RunDecider.Decide(Resume(input), []);

        Assert.Single(decision.Effects.OfType<RemoveAnnotations>());
        var told = decision.Events.Single(told => told.Reason == Reasons.ResumeIgnored);
        Assert.Equal(
            ($"the annotation patchoperator.io/resume was taken off: the run is {said}, and only a halted one can be resumed", true),
            (told.Message, told.Warning));
        Assert.Equal(0, decision.Status.AcknowledgedFailures);
    }

    [Theory]
    [InlineData(RunPhase.Succeeded)]
    [InlineData(RunPhase.Failed)]
    [InlineData(RunPhase.Superseded)]
    public void A_finished_run_that_is_deleted_keeps_its_record_until_it_is_gone(RunPhase phase)
    {
        var input = Input(Settings(), Pending("a"), Pending("b"));
        input.Run.Status = Record(phase);
        input.Run.Metadata.DeletionTimestamp = Noon.UtcDateTime;

        var decision = RunDecider.Decide(input, ["a"]);

        Assert.Same(input.Run.Status, decision.Status);
        Assert.True(decision.Released);
        Assert.Empty(decision.Events);
        Assert.Equal(new SetOperation("a", null), Assert.Single(decision.Effects));
    }

    [Fact]
    public void Of_a_finished_run_nothing_changes_any_more_whatever_becomes_of_its_nodes_policy_and_plan()
    {
        var input = Input(Settings(), Pending("a"), Pending("b"));
        input.Run.Status = Record(RunPhase.Succeeded);

        Assert.Equal(
            Json(input.Run.Status with { ObservedGeneration = 1 }), Json(RunDecider.Decide(input with { Policy = null, Plan = null, Windows = [] }, []).Status));
    }

    [Fact]
    public void A_deleted_run_takes_back_what_it_has_asked_and_goes_once_its_nodes_are_restored()
    {
        var snapshot = Cluster(InFlight("a"), Pending("b"));
        var run = ARun(RunPhase.Running);
        run.Metadata.DeletionTimestamp = Noon.UtcDateTime;

        var decision = new RunDecider("100%").Decide(run, snapshot.WithRun(run.Metadata.Name, run), Answers.None, Noon);

        Assert.Equal([new SetOperation("a", null)], decision.Effects);
        Assert.Equal((RunPhase.Running, false), (decision.Status.Phase!.Value, decision.Released));
        Assert.True(new RunDecider("100%").Decide(run, Cluster(Pending("a")), Answers.None, Noon).Released);
    }

    [Theory]
    [InlineData("another", false)]
    [InlineData("policy-uid", true)]
    public void A_policy_made_anew_under_the_same_name_is_another_and_one_that_is_being_deleted_is_none(string uid, bool deleting)
    {
        var policy = APolicy(spec => spec with { Windows = [] });
        policy.Metadata.Uid = uid;
        policy.Metadata.DeletionTimestamp = deleting ? Noon.UtcDateTime : null;
        var snapshot = Cluster(InFlight("a")).WithPolicy("workers", policy);

        var decision = new RunDecider("100%").Decide(ARun(RunPhase.Running), snapshot, Answers.None, Noon);

        Assert.Equal([new SetOperation("a", null)], decision.Effects);
        Assert.Equal("withdrawn; 1 nodes are being restored", decision.Why);
    }

    [Fact]
    public void A_node_deleted_in_flight_frees_its_slot()
    {
        var input = Input(Settings(), InFlight("a"), Pending("b"));
        var gone = input with { Node = name => name == "a" ? null : input.Node(name), Members = Of(Pending("b")), FleetUnavailable = 0 };

        var decision = RunDecider.Decide(gone, []);

        Assert.Equal("b", Assert.Single(decision.Effects.OfType<SetOperation>()).Node);
        Assert.Equal(1, decision.Status.Progress!.Skipped);
    }

    [Fact]
    public void Nothing_changes_when_nothing_has_changed()
    {
        var input = Input(Settings(), InFlight("a"), Pending("b"));
        input.Run.Status = RunDecider.Decide(input, []).Status;

        var again = RunDecider.Decide(input with { Now = Noon.AddMinutes(9) }, []);

        Assert.Equal(Json(input.Run.Status), Json(again.Status));
        Assert.Empty(again.Events);
    }

    [Fact]
    public void Counts_that_are_not_written_yet_do_not_keep_nodes_waiting_and_are_looked_at_again()
    {
        var input = Input(Settings(maxUnavailable: "2"), Finished("a", OperationResult.Succeeded), InFlight("b"), Pending("c"));
        input.Run.Status = RunDecider.Decide(Input(Settings(maxUnavailable: "2"), InFlight("a"), InFlight("b"), Pending("c")), []).Status;

        var decision = RunDecider.Decide(input with { Now = Noon.AddSeconds(1) }, []);

        Assert.Same(input.Run.Status, decision.Status);
        Assert.Equal("c", Assert.Single(decision.Effects.OfType<SetOperation>()).Node);
        Assert.Equal(TimeSpan.FromSeconds(4), decision.WakeUp);
    }

    [Fact]
    public void A_window_that_changes_sooner_is_looked_at_sooner()
    {
        var input = Input(Settings(), Pending("a").NotReady(), InFlight("b"));
        input.Run.Status = RunDecider.Decide(input, []).Status with { Progress = new RunProgress() };
        var closing = new NamedWindow("nightly", OpenWindow() with { NextChange = Noon.AddSeconds(2) });

        Assert.Equal(TimeSpan.FromSeconds(1), RunDecider.Decide(input with { Windows = [closing], Now = Noon.AddSeconds(1) }, []).WakeUp);
    }

    [Fact]
    public void A_refusal_is_told_once_and_tried_again()
    {
        var run = ARun(RunPhase.Running);
        var refusal = new Refusal(new SetOperation("a", null), "no");

        var first = new RunDecider("100%").Refused(run, Snapshot.Empty, refusal, Noon);
        run.Status = first.Status;
        var second = new RunDecider("100%").Refused(run, Snapshot.Empty, refusal, Noon.AddSeconds(10));

        Assert.Equal((TimeSpan.FromSeconds(10), Reasons.ApiRefused), (first.WakeUp!.Value, Assert.Single(first.Events).Reason));
        Assert.Empty(second.Events);
    }

    private static PatchRunStatus Record(RunPhase phase) => new()
    {
        Phase = phase,
        Message = "2 nodes patched and verified",
        Progress = new RunProgress { Total = 2, Succeeded = 2, Summary = "2/2" },
        FinishedAt = Noon.AddHours(-2),
    };

    private static RunInput Resume(RunInput input)
    {
        input.Run.Metadata.Annotations = new Dictionary<string, string> { [ApiGroup.ResumeAnnotation] = "true" };
        return input;
    }

    private static Snapshot Cluster(params NodeView[] views)
    {
        var snapshot = Snapshot.Empty.WithPolicy("workers", APolicy(spec => spec with { Windows = [] })).WithPlan("workers-plan", APlan(Settings(), views));
        foreach (var view in views)
        {
            view.Patch!.Metadata.OwnerReferences = [new k8s.Models.V1OwnerReference { Uid = view.Node.Uid }];
            snapshot = snapshot.WithNode(view.Node.Name, view.Node).WithNodePatch(view.Node.Name, view.Patch);
        }

        return snapshot;
    }

    private static string Json(object value) => k8s.KubernetesJson.Serialize(value);
}
