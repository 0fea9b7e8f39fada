using k8s.Models;
using PatchOperator.Api;
using PatchOperator.Engine.Policies;
using PatchOperator.Engine.Runs;
using static PatchOperator.Engine.Tests.Given;

namespace PatchOperator.Engine.Tests.Runs;

public class RunDecisionsTests
{
    [Fact]
    public void Nodes_are_admitted_up_to_maxUnavailable_in_order()
    {
        var decision = RunDecisions.Decide(Input(Settings(maxUnavailable: "2"), Pending("a"), Pending("b"), Pending("c")));

        Assert.Equal(["a", "b"], decision.Admit.Select(admission => admission.Node));
        Assert.Equal(new NodeUpdate { Name = "openssl", Version = "2" }, Assert.Single(decision.Admit[0].Operation.Updates));
        Assert.Equal(RunPhase.Running, decision.Status.Phase);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void A_node_that_is_cordoned_or_not_ready_counts_against_the_budget(bool ready, bool cordoned)
    {
        var away = Pending("a");
        var decision = RunDecisions.Decide(Input(Settings(), away with { Node = away.Node with { Ready = ready, Unschedulable = cordoned } }, Pending("b")));

        Assert.DoesNotContain(decision.Admit, admission => admission.Node == "b");
        if (!ready)
            Assert.Contains("no slot is free: maxUnavailable is 1 and these are unavailable: a (not Ready)", decision.Status.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cordoned_node_has_its_turn_too_as_it_costs_no_more()
    {
        var away = Pending("a");
        var decision = RunDecisions.Decide(Input(Settings(), away with { Node = away.Node with { Unschedulable = true } }, Pending("b")));

        Assert.Equal("a", Assert.Single(decision.Admit).Node);
    }

    [Fact]
    public void A_fleet_that_somebody_has_cordoned_is_not_patched_all_at_once()
    {
        NodeView Cordoned(string name) => Pending(name) is var view ? view with { Node = view.Node with { Unschedulable = true } } : view;

        Assert.Single(RunDecisions.Decide(Input(Settings(), Cordoned("a"), Cordoned("b"), Cordoned("c"))).Admit);
    }

    [Fact]
    public void The_budget_of_the_cluster_stands_above_the_policy()
    {
        var decision = RunDecisions.Decide(Input(Settings(maxUnavailable: "3"), Pending("a"), Pending("b"), Pending("c")) with { Fleet = new FleetBudget(1, 2) });

        Assert.Single(decision.Admit);
    }

    [Fact]
    public void Nothing_is_admitted_inside_the_cutoff()
    {
        var decision = RunDecisions.Decide(Input(Settings(), Pending("a")) with { Windows = Named(ClosingWindow()) });

        Assert.Empty(decision.Admit);
        Assert.Equal(RunPhase.WaitingForWindow, decision.Status.Phase);
    }

    [Fact]
    public void What_the_window_was_too_short_for_goes_on_in_the_next_one()
    {
        var input = Input(Settings(), Finished("a", OperationResult.Succeeded), Pending("b"));

        var waiting = RunDecisions.Decide(input with { Windows = Named(ClosedWindow()) });
        Assert.Equal((RunPhase.WaitingForWindow, TimeSpan.FromHours(8)), (waiting.Status.Phase!.Value, waiting.WakeUp!.Value));
        input.Run.Status = waiting.Status;
        Assert.Equal("b", Assert.Single(RunDecisions.Decide(input).Admit).Node);
    }

    [Fact]
    public void The_run_halts_at_its_threshold_names_the_failure_and_goes_on_when_resumed()
    {
        var input = Input(Settings(failureThreshold: "1"), Finished("a", OperationResult.Failed), Pending("b"));

        var halted = RunDecisions.Decide(input);
        Assert.Empty(halted.Admit);
        Assert.Equal(RunPhase.Halted, halted.Status.Phase);
        Assert.Contains("first a, at Patch: RepositoryUnavailable: the mirror is down", halted.Status.Message, StringComparison.Ordinal);
        Assert.Equal("a", Assert.Single(halted.Status.Failures).Node);

        input.Run.Status = halted.Status;
        Assert.Empty(RunDecisions.Decide(input).Admit);
        var resumed = RunDecisions.Decide(input with { ResumeRequested = true });
        Assert.True(resumed.Resumed);
        Assert.Equal((1, "b"), (resumed.Status.AcknowledgedFailures, Assert.Single(resumed.Admit).Node));
    }

    [Theory]
    [InlineData("34%", 1, false)]
    [InlineData("34%", 2, true)]
    [InlineData("3", 2, false)]
    public void A_share_of_failures_rounds_up(string threshold, int failures, bool halts)
    {
        var failed = Enumerable.Range(0, failures).Select(number => Finished($"f{number}", OperationResult.Failed));
        var pending = Enumerable.Range(0, 5 - failures).Select(number => Pending($"p{number}"));

        Assert.Equal(halts, RunDecisions.Decide(Input(Settings(failureThreshold: threshold), [.. failed, .. pending])).Status.Phase == RunPhase.Halted);
    }

    [Fact]
    public void An_edited_policy_lets_nodes_in_flight_finish_and_leaves_the_rest_to_the_next_run()
    {
        var input = Input(Settings(), InFlight("a"), Pending("b"));
        input.Policy!.Metadata.Generation = 2;

        var busy = RunDecisions.Decide(input);
        Assert.Equal((RunPhase.Running, 0), (busy.Status.Phase!.Value, busy.Admit.Count));
        var rest = Input(Settings(), Finished("a", OperationResult.Succeeded), Pending("b"));
        rest.Policy!.Metadata.Generation = 2;
        Assert.Equal(RunPhase.Superseded, RunDecisions.Decide(rest).Status.Phase);
    }

    [Fact]
    public void A_deleted_policy_takes_back_what_was_asked()
    {
        var decision = RunDecisions.Decide(Input(Settings(), InFlight("a"), Pending("b")) with { Policy = null });

        Assert.Equal(["a"], decision.Release);
        Assert.False(decision.AtRest);
        Assert.Empty(decision.Admit);
    }

    [Fact]
    public void A_node_deleted_in_flight_frees_its_slot_and_a_new_node_of_its_name_is_another()
    {
        var replaced = Pending("a");
        var decision = RunDecisions.Decide(Input(Settings(), Pending("a"), Pending("b")) with
        {
            Nodes = new Dictionary<string, NodeView> { ["a"] = replaced with { Node = replaced.Node with { Uid = "another" } }, ["b"] = Pending("b") },
        });

        Assert.Equal("b", Assert.Single(decision.Admit).Node);
        Assert.Equal(1, decision.Status.Progress!.Skipped);
    }

    [Fact]
    public void A_run_whose_nodes_are_done_is_over_and_lets_go_of_them()
    {
        var decision = RunDecisions.Decide(Input(Settings(), Finished("a", OperationResult.Succeeded)));

        Assert.Equal((RunPhase.Succeeded, Noon), (decision.Status.Phase!.Value, decision.Status.FinishedAt!.Value));
        Assert.Equal("1/1", decision.Status.Progress!.Summary);
        Assert.Equal(["a"], decision.Release);
    }

    [Fact]
    public void Failures_below_the_threshold_end_in_a_failed_run() =>
        Assert.Equal(RunPhase.Failed, RunDecisions.Decide(Input(Settings(failureThreshold: "2"), Finished("a", OperationResult.Failed))).Status.Phase);

    [Fact]
    public void A_node_that_stays_away_keeps_no_policy_from_its_next_plan()
    {
        var away = Pending("b");
        var input = Input(Settings(maxUnavailable: "2"), Finished("a", OperationResult.Succeeded), away with { Node = away.Node with { Ready = false } });

        Assert.Equal(RunPhase.Running, RunDecisions.Decide(input).Status.Phase);
        Assert.Equal(RunPhase.Succeeded, RunDecisions.Decide(input with { Windows = Named(ClosedWindow()) }).Status.Phase);
    }

    [Fact]
    public void A_node_patched_by_hand_meanwhile_is_skipped()
    {
        var view = Pending("a");

        Assert.Equal(RunPhase.Succeeded, RunDecisions.Decide(Input(Settings(), view with { Status = Scanned() })).Status.Phase);
    }

    [Fact]
    public void Nothing_changes_when_nothing_has_changed()
    {
        var input = Input(Settings(), InFlight("a"), Pending("b"));
        input.Run.Status = RunDecisions.Decide(input).Status;

        Assert.Equal(k8s.KubernetesJson.Serialize(input.Run.Status), k8s.KubernetesJson.Serialize(RunDecisions.Decide(input with { Now = Noon.AddMinutes(9) }).Status));
    }

    private static NodeView Pending(string name) => new(ANode(name), new NodePatchSpec { NodeName = name }, Scanned(Package("openssl")));

    private static NodeView InFlight(string name) =>
        new(ANode(name).CordonedBy("workers-run"), Asked(), Scanned(Package("openssl")).InPhase(NodePhase.Patching));

    private static NodeView Finished(string name, OperationResult result) => new(ANode(name), Asked(), Scanned() with
    {
        LastOperation = new OperationRecord { RunUid = "run-uid", Result = result, Step = OperationStep.Patch, Reason = "RepositoryUnavailable", Message = "the mirror is down" },
    });

    private static RunInput Input(RunSettings settings, params NodeView[] views) => new()
    {
        Run = new PatchRun
        {
            Metadata = new V1ObjectMeta { Name = "workers-run", Uid = "run-uid" },
            Spec = new PatchRunSpec
            {
                Policy = new PolicyReference { Name = "workers", Uid = "policy-uid", Generation = 1 },
                Settings = settings,
                Nodes = [.. views.Select(view => new RunNode { Name = view.Node.Name, Uid = view.Node.Uid })],
                Updates = [new RunUpdate { OsFamily = "debian-12", Name = "openssl", Version = "2" }, new RunUpdate { OsFamily = "ubuntu-24.04", Name = "openssl", Version = "3" }],
            },
        },
        Policy = APolicy(),
        Nodes = views.ToDictionary(view => view.Node.Name),
        Members = views,
        Windows = Named(OpenWindow()),
        Fleet = new FleetBudget(0, 100),
        Now = Noon,
    };
}
