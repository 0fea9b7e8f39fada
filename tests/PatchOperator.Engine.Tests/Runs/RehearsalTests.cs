using PatchOperator.Api;
using PatchOperator.Engine.Decisions;
using PatchOperator.Engine.Effects;
using PatchOperator.Engine.Facts;
using PatchOperator.Engine.Questions;
using PatchOperator.Engine.Runs;
using PatchOperator.Engine.World;
using static PatchOperator.Engine.Tests.Given;
using static PatchOperator.Engine.Tests.Nodes.GivenNodes;
using static PatchOperator.Engine.Tests.Runs.GivenRuns;

namespace PatchOperator.Engine.Tests.Runs;

/// <summary>Whether the nodes that are next can be drained is known before any of them is touched.</summary>
public class RehearsalTests
{
    private static readonly NodeView[] Four = [Pending("a"), Pending("b"), Pending("c"), Pending("d")];

    [Fact]
    public void As_many_nodes_are_asked_as_there_are_free_slots_and_none_is_admitted_before()
    {
        var input = Input(Settings(maxUnavailable: "2"), Four) with { Rehearsed = _ => null };
        var admission = Admissions.Of(State(input));

        Assert.Equal(["a", "b"], Names(Admissions.ToAsk(State(input))));
        Assert.Empty(admission.Admitted);
        Assert.Equal(Noon.AddSeconds(1), admission.Later);
        Assert.Empty(Admissions.ToAsk(State(Input(Settings(), InFlight("x"), Pending("a")))));
    }

    [Fact]
    public void A_node_that_cannot_be_drained_is_named_and_the_next_is_asked()
    {
        var input = Input(Settings(maxUnavailable: "2"), Four).Knowing(("a", false), ("b", true));
        var decision = RunDecider.Decide(input, []);

        Assert.Equal(["b"], decision.Effects.OfType<SetOperation>().Select(effect => effect.Node));
        var entry = new RunBlocked { Node = "a", Pod = "default/web-1", Budget = "default/web", Reason = Reasons.DrainBlocked, Message = NoRoom, CheckedAt = Noon };
        Assert.Equal([entry], decision.Status.Blocked);
        Assert.Contains(
            new EngineEvent(Reasons.DrainBlocked, $"node a is passed over: pod default/web-1 cannot be evicted: {NoRoom}", Warning: true), decision.Events);
        input.Run.Status = decision.Status;
        var next = input with { Now = Noon.AddSeconds(1), Rehearsed = _ => null };
        Assert.Equal(["b", "c"], Names(Admissions.ToAsk(State(next))));
        Assert.DoesNotContain(RunDecider.Decide(input, []).Events, told => told.Reason == Reasons.DrainBlocked);
    }

    [Fact]
    public void It_is_asked_again_after_a_minute_behind_those_that_were_not_asked_yet()
    {
        var input = Input(Settings(), Four).PassedOver(("b", 2));

        Assert.Equal(["c"], Names(Admissions.ToAsk(State(input))));
        Assert.Equal(["c", "d", "a", "b"], Names(Admissions.ToAsk(State(input with { Plan = APlan(Settings(maxUnavailable: "9"), Four) }))));
        Assert.Equal(["a"], Names(Admissions.ToAsk(State(Input(Settings(), Pending("a")).PassedOver(("a", 1))))));
    }

    [Fact]
    public void A_run_that_has_none_but_such_nodes_left_waits_for_them_and_names_them()
    {
        var input = Input(Settings(maxUnavailable: "2"), Pending("a"), Pending("b")).PassedOver(("a", 0), ("b", 0)) with { Rehearsed = _ => null };
        var decision = RunDecider.Decide(input, []);

        Assert.Equal((RunPhase.Running, TimeSpan.FromMinutes(1)), (decision.Status.Phase!.Value, decision.WakeUp));
        Assert.Equal(
            "2 nodes cannot be drained now, and are asked again every 60 s: a (pod default/web-1, PodDisruptionBudget default/web), "
                + "b (pod default/web-1, PodDisruptionBudget default/web)",
            decision.Status.Message);
        Assert.Equal(2, decision.Status.Blocked.Count);
    }

    /// <summary>A node that can never be drained must not keep the policy from making another plan.</summary>
    [Fact]
    public void At_the_end_of_the_opening_they_belong_to_the_next_run()
    {
        var decision = RunDecider.Decide(
            Input(Settings(), Finished("a", OperationResult.Succeeded), Pending("b")).PassedOver(("b", 5)) with { Windows = Named(ClosedWindow()) }, []);

        Assert.Equal(
            (RunPhase.Superseded, "1 nodes patched and verified; 1 could not be, and belong to the next run"), (decision.Status.Phase!.Value, decision.Status.Message));
        Assert.Equal((1, 0), (decision.Status.Progress!.Skipped, decision.Status.Progress.Failed));
        Assert.Equal("b", Assert.Single(decision.Status.Blocked).Node);
    }

    [Fact]
    public void While_others_have_not_had_their_turn_the_run_goes_on_in_the_next_opening() => Assert.Equal(
        RunPhase.WaitingForWindow,
        RunDecider.Decide(Input(Settings(), Pending("a"), Pending("b")).PassedOver(("b", 5)) with { Windows = Named(ClosedWindow()) }, []).Status.Phase);

    /// <summary>Thousands that cannot be drained cost no more requests than twenty.</summary>
    [Fact]
    public void At_most_twenty_are_asked_within_a_minute()
    {
        var views = Enumerable.Range(0, 60).Select(number => Pending($"n{number:00}")).ToArray();
        var input = Input(Settings(maxUnavailable: "50"), views) with { Rehearsed = _ => Blocked };
        Assert.Equal(20, Admissions.ToAsk(State(input)).Count);

        var full = input.PassedOver([.. views.Take(20).Select(view => (view.Node.Name, 0))]) with { Rehearsed = _ => null };
        Assert.Empty(Admissions.ToAsk(State(full)));
        Assert.Equal(Noon.AddMinutes(1), Admissions.Of(State(full)).Later);
        var later = full with { Now = Noon.AddMinutes(1), Rehearsed = _ => Blocked };
        Assert.Equal("n20", Admissions.ToAsk(State(later))[0].Node.Name);
        Assert.Equal(20, Admissions.Of(State(later)).Blocked.Count);
    }

    [Fact]
    public void A_turn_that_drains_nothing_asks_nothing() =>
        Assert.Single(Admissions.Of(State(Input(Settings(drain: DrainMode.Never), Pending("a")) with { Rehearsed = _ => null })).Admitted);

    [Fact]
    public void A_node_whose_drain_under_way_is_held_up_is_named_too()
    {
        var view = InFlight("a");
        view = view with { Patch = APatch(view.Spec, view.Status! with { Blocked = new DrainBlocker { Pod = "default/web-1", Reason = Reasons.DrainBlocked } }, "a") };

        var entry = Assert.Single(RunDecider.Decide(Input(Settings(), view), []).Status.Blocked);

        Assert.Equal(("a", "default/web-1", null), (entry.Node, entry.Pod, entry.CheckedAt));
    }

    [Fact]
    public void A_skipped_node_has_had_its_turn_and_the_next_run_takes_what_is_left()
    {
        var decision = RunDecider.Decide(Input(Settings(), Finished("a", OperationResult.Succeeded), Finished("b", OperationResult.Skipped, Package("openssl"))), []);

        Assert.Equal((RunPhase.Superseded, 1, 0), (decision.Status.Phase!.Value, decision.Status.Progress!.Skipped, decision.Status.Progress.Failed));
        Assert.Empty(decision.Status.Failures);
    }

    [Fact]
    public void That_pods_were_deleted_by_force_is_in_the_timeline_once()
    {
        var input = Input(Settings(), Forced(Finished("a", OperationResult.Succeeded)), Pending("b"));
        var first = RunDecider.Decide(input, []).Status;

        Assert.Single(first.Timeline, entry => entry.Event == "Drained by force, past PodDisruptionBudgets: 1 nodes, a");
        input.Run.Status = first;
        Assert.Equal(first.Timeline, RunDecider.Decide(input, []).Status.Timeline);
    }

    [Fact]
    public void Of_a_node_that_has_had_its_turn_nothing_is_said_any_more() =>
        Assert.Empty(RunDecider.Decide(Input(Settings(), Finished("a", OperationResult.Succeeded), InFlight("b")).PassedOver(("a", 5), ("b", 5)), []).Status.Blocked);

    [Fact]
    public void The_question_comes_from_the_cluster_and_only_while_nodes_may_begin()
    {
        var run = ARun(RunPhase.Running);
        var plan = APlan(Settings(maxUnavailable: "1"), Pending("node-1"));
        run.Spec = run.Spec with { Plan = new PlanReference { Name = "workers-plan", Digest = new PlanEntry(plan).Digest } };
        var snapshot = Cluster(APatch(status: Scanned(Package("openssl")))).WithRun("workers-run", null).WithRun(run.Metadata.Name, run).WithPlan("workers-plan", plan);
        var decider = new RunDecider("100%");

        var question = Assert.IsType<RehearsalOfDrain>(Assert.Single(decider.Ask(run, snapshot, new Answers(), Noon)));
        Assert.Equal("node-1", question.Node);
        Assert.Empty(decider.Ask(run, snapshot, new Answers(), Noon.AddHours(-2)));
        Assert.Empty(decider.Decide(run, snapshot, new Answers(), Noon).Effects.OfType<SetOperation>());
        Assert.Single(decider.Decide(run, snapshot, new Answers().Add(question, new DrainFacts([])), Noon).Effects.OfType<SetOperation>());
    }

    private static NodeView Forced(NodeView view) =>
        view with { Patch = APatch(view.Spec, view.Status! with { LastOperation = view.Status.LastOperation! with { Forced = 2 } }, view.Node.Name) };

    private static DrainFacts Blocked => new([Pod("web-1", EvictionAnswer.Blocked, NoRoom)]);

    private static RunState State(RunInput input) => new(input, new RunNodes(input), Acknowledged: 0);

    private static IEnumerable<string> Names(IEnumerable<NodeView> views) => views.Select(view => view.Node.Name);
}
