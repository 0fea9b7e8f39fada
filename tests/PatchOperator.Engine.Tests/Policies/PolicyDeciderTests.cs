using PatchOperator.Api;
using PatchOperator.Engine.Decisions;
using PatchOperator.Engine.Effects;
using PatchOperator.Engine.Policies;
using PatchOperator.Engine.World;
using static PatchOperator.Engine.Tests.Given;
using static PatchOperator.Engine.Tests.Runs.GivenRuns;

namespace PatchOperator.Engine.Tests.Policies;

public class PolicyDeciderTests
{
    private static readonly PolicyDecider Decider = new(new ScanBudget(25));

    [Fact]
    public void An_invalid_policy_says_so_and_asks_nothing()
    {
        var decision = PolicyDecider.Decide(Input(View("a", null)) with { Errors = [new SpecError("spec.windows[0]", "there is no PatchWindow 'x'")] }, []);

        Assert.Empty(decision.Effects);
        Assert.Equal(
            ["Ready False", "Reconciling False", "Stalled True", "Compliant Unknown"],
            decision.Status.Conditions.Select(condition => $"{condition.Type} {condition.Status}"));
        Assert.All(decision.Status.Conditions, condition => Assert.Equal(Reasons.InvalidSpec, condition.Reason));
        Assert.Equal("spec.windows[0]: there is no PatchWindow 'x'", decision.Status.Conditions[0].Message);
    }

    [Fact]
    public void A_node_without_a_NodePatch_is_tracked_and_the_run_comes_with_an_event()
    {
        var decision = PolicyDecider.Decide(Input(View("a", Scanned(Package("openssl")))), []);

        Assert.Equal([typeof(CreatePlan), typeof(CreateRun)], decision.Effects.Select(effect => effect.GetType()));
        Assert.Equal(new EngineEvent(Reasons.RunCreated, "run workers-20261120: 1 nodes, 1 updates"), Assert.Single(decision.Events));
        Assert.Equal("a", Assert.IsType<CreateNodePatch>(Assert.Single(PolicyDecider.Decide(Input(View("a", null)), []).Effects)).Node.Name);
    }

    [Theory]
    [InlineData("alice")]
    [InlineData(null)]
    public void Run_and_plan_name_the_author_of_the_policy_as_it_is(string? author)
    {
        var input = Input(View("a", Scanned(Package("openssl"))));
        input.Policy.Metadata.Annotations = author is null ? null : new Dictionary<string, string> { [ApiGroup.AuthorAnnotation] = author };

        var effects = PolicyDecider.Decide(input, []).Effects;

        Assert.Equal(author, Assert.Single(effects.OfType<CreatePlan>()).Plan.Policy.Author);
        Assert.Equal(author, Assert.Single(effects.OfType<CreateRun>()).Run.Policy.Author);
    }

    [Fact]
    public void Where_no_node_belongs_to_it_the_state_says_so_and_so_does_compliance()
    {
        var status = PolicyDecider.Decide(Input() with { Nodes = new PolicyNodes { ClaimedByOthers = 2 } }, []).Status;

        Assert.Equal(
            [("Reconciling", "False"), ("Stalled", "False"), ("Compliant", "Unknown")],
            status.Conditions.Where(condition => condition.Reason == Reasons.NoNodes).Select(condition => (condition.Type, condition.Status)));
        Assert.Equal(
            "the 2 nodes that spec.nodeSelector matches belong to policies of a higher priority, or older ones",
            status.Conditions.Single(condition => condition.Type == "Compliant").Message);
    }

    [Fact]
    public void The_oldest_finished_runs_are_forgotten_beyond_ten()
    {
        var runs = Enumerable.Range(1, 12).Select(day => Old($"workers-202611{day:D2}", day)).Append(ARun(RunPhase.Running)).ToList();

        var decision = PolicyDecider.Decide(Input() with { Runs = runs }, []);

        Assert.Equal([new DeleteRun("workers-20261102"), new DeleteRun("workers-20261101")], decision.Effects);
    }

    /// <summary>Else the eleventh run of a long opening would give a node another turn that has failed in the first.</summary>
    [Fact]
    public void A_run_of_an_opening_that_lasts_is_kept_while_it_is_the_last_turn_of_a_node()
    {
        var runs = Enumerable.Range(1, 12).Select(day => Old($"workers-202611{day:D2}", day)).ToList();
        runs[0].Spec = runs[0].Spec with { WindowOpenedAt = Noon.AddHours(-1) };
        var failed = View("a", Scanned(Package("openssl")) with { LastOperation = Record(OperationResult.Failed, runs[0].Metadata.Uid) });
        var input = Input(failed) with { Runs = runs };

        Assert.Equal([new DeleteRun("workers-20261102")], PolicyDecider.Decide(input, []).Effects);
        Assert.Contains(new DeleteRun("workers-20261101"), PolicyDecider.Decide(input with { Windows = Named(ClosedWindow()) }, []).Effects);
    }

    [Theory]
    [InlineData(-9, false)]
    [InlineData(-11, true)]
    public void A_plan_without_a_run_is_forgotten_after_ten_minutes(int minutes, bool forgotten)
    {
        var plan = APlan(Settings());
        plan.Metadata.CreationTimestamp = Noon.AddMinutes(minutes).UtcDateTime;
        var input = Input() with { Plans = new Dictionary<string, PatchPlan> { ["workers-plan"] = plan } };

        Assert.Equal(forgotten ? [new DeletePlan("workers-plan")] : [], PolicyDecider.Decide(input, []).Effects);
        Assert.Empty(PolicyDecider.Decide(input with { Runs = [ARun(RunPhase.Succeeded)] }, []).Effects);
    }

    [Fact]
    public void It_is_looked_at_again_when_a_window_changes_or_a_scan_turns_stale()
    {
        var stale = Scanned() with { LastScan = new NodeScan { Time = Noon.AddHours(-47) } };

        Assert.Equal(TimeSpan.FromHours(3), PolicyDecider.Decide(Input(View("a", Scanned())), []).WakeUp);
        Assert.Equal(TimeSpan.FromHours(1), PolicyDecider.Decide(Input(View("a", stale)), []).WakeUp);
        Assert.Null(PolicyDecider.Decide(Input() with { Windows = [] }, []).WakeUp);
    }

    [Fact]
    public void A_policy_that_is_deleted_goes_once_its_runs_are_gone_and_its_nodes_are_restored()
    {
        var policy = APolicy(spec => spec with { Windows = [] });
        policy.Metadata.DeletionTimestamp = Noon.UtcDateTime;
        var patch = new NodePatch { Metadata = new() { Name = "a" }, Spec = new NodePatchSpec { NodeName = "a" } };
        var snapshot = Snapshot.Empty.WithPolicy("workers", policy).WithRun("workers-20261120", ARun(RunPhase.Running)).WithNodePatch("a", patch);

        var first = Decider.Decide(policy, snapshot, Answers.None, Noon);
        Assert.Equal([new DeleteRun("workers-20261120"), new DeleteNodePatch("a")], first.Effects);
        Assert.False(first.Released);

        patch.Metadata.DeletionTimestamp = Noon.UtcDateTime;
        Assert.False(Decider.Decide(policy, snapshot.WithRun("workers-20261120", null), Answers.None, Noon).Released);
        Assert.True(Decider.Decide(policy, snapshot.WithRun("workers-20261120", null).WithNodePatch("a", null), Answers.None, Noon).Released);
    }

    [Fact]
    public void A_run_of_an_earlier_policy_of_the_same_name_is_no_run_of_this_but_its_name_is_taken()
    {
        var policy = APolicy(spec => spec with { Windows = [] });
        var left = ARun(RunPhase.Running);
        left.Spec = left.Spec with { Policy = left.Spec.Policy with { Uid = "earlier" } };

        var input = PolicyInput.Of(policy, Snapshot.Empty.WithPolicy("workers", policy).WithRun("workers-20261120", left), new ScanBudget(25), Noon);

        Assert.Null(input.Active);
        Assert.Equal(["workers-20261120"], input.RunNames);
    }

    [Fact]
    public void A_refusal_is_told_once_and_leaves_what_is_known()
    {
        var policy = APolicy(spec => spec with { Windows = [] });
        policy.Status = PolicyDecider.Decide(Input(View("a", Scanned())), []).Status;
        var refusal = new Refusal(new CreateRun("r", new PatchRunSpec()), "to create PatchRun r was refused: no");

        var first = Decider.Refused(policy, Snapshot.Empty.WithPolicy("workers", policy), refusal, Noon);
        Assert.Equal(
            ["Ready True Accepted", "Reconciling True ApiRefused", "Stalled False ApiRefused", "Compliant True AllNodesCompliant"],
            first.Status.Conditions.Select(condition => $"{condition.Type} {condition.Status} {condition.Reason}"));
        Assert.Equal((policy.Status.Nodes, Reasons.ApiRefused), (first.Status.Nodes, Assert.Single(first.Events).Reason));

        policy.Status = first.Status;
        Assert.Empty(Decider.Refused(policy, Snapshot.Empty.WithPolicy("workers", policy), refusal, Noon.AddSeconds(10)).Events);
    }

    private static PatchRun Old(string name, int day)
    {
        var run = ARun(RunPhase.Succeeded, name, $"uid-{name}");
        run.Metadata.CreationTimestamp = Noon.AddDays(day - 20).UtcDateTime;
        run.Spec = run.Spec with { WindowOpenedAt = Noon.AddDays(day - 20) };
        return run;
    }
}
