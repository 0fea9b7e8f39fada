using PatchOperator.Api;
using PatchOperator.Engine.Effects;
using PatchOperator.Engine.Facts;
using PatchOperator.Engine.Nodes;
using static PatchOperator.Engine.Tests.Given;
using static PatchOperator.Engine.Tests.Nodes.GivenNodes;

namespace PatchOperator.Engine.Tests.Nodes.Steps;

public class DrainStepTests
{
    [Fact]
    public void Pods_are_evicted_until_none_is_left()
    {
        var (leaving, staying) = (Pod("web-1") with { Terminating = true }, Pod("web-2"));

        var evict = Assert.IsType<Evict>(Assert.Single(Decide(Draining(leaving, staying)).Effects));
        Assert.Equal([staying], evict.Pods);
        Assert.Empty(Decide(Draining(leaving)).Effects);
        var drained = Decide(Draining());
        Assert.Equal((NodePhase.Patching, Noon), (drained.Status.Phase, drained.Status.LastOperation!.DrainedAt!.Value));
    }

    [Fact]
    public void A_node_is_not_drained_before_its_pods_have_been_listed()
    {
        var decision = Decide(Draining() with { Drain = null });

        Assert.Equal(NodePhase.Draining, decision.Status.Phase);
        Assert.Null(decision.Status.LastOperation!.DrainedAt);
    }

    [Fact]
    public void A_drain_that_a_budget_blocks_times_out_and_names_pod_and_budget()
    {
        var input = Draining(Pod("web-1", EvictionAnswer.Blocked, "The disruption budget web needs 2 healthy pods"));

        Assert.Contains("pod default/web-1 is blocked: The disruption budget web needs 2 healthy pods", Decide(input).Why, StringComparison.Ordinal);
        var decision = Decide(input with { Now = Noon.AddMinutes(25) });
        Assert.Equal((NodePhase.Failed, Reasons.DrainTimedOut), (decision.Status.Phase, decision.Status.LastOperation!.Reason));
        Assert.Contains("web-1 is blocked: The disruption budget web", decision.Status.LastOperation.Message, StringComparison.Ordinal);
        Assert.Contains(new Uncordon(Key), decision.Effects);
    }

    [Fact]
    public void What_holds_up_a_drain_is_in_the_status_for_as_long_as_it_does()
    {
        var held = Decide(Draining(Pod("web-1", EvictionAnswer.Blocked, "The disruption budget web needs 2 healthy pods"))).Status;

        Assert.Equal(("default/web-1", "default/web", Reasons.DrainBlocked), (held.Blocked!.Pod, held.Blocked.Budget, held.Blocked.Reason));
        var input = Draining(Pod("web-1"));
        Assert.Null(Decide(input with { Status = input.Status with { Blocked = held.Blocked } }).Status.Blocked);
        Assert.Null(Decide(Draining() with { Status = input.Status with { Blocked = held.Blocked } }).Status.Blocked);
    }

    [Fact]
    public void An_eviction_that_can_never_succeed_fails_at_once() =>
        Assert.Equal(
            Reasons.DrainMisconfigured,
            Decide(Draining(Pod("web-1"), Pod("web-2", EvictionAnswer.Impossible, "more than one PodDisruptionBudget"))).Status.LastOperation!.Reason);

    /// <summary>Case K3: a webhook answers 500 to the eviction of one pod.</summary>
    [Fact]
    public void An_eviction_that_a_webhook_refuses_is_named_and_tried_again_and_no_other_pod_waits_for_it()
    {
        var refused = Pod("web-1", EvictionAnswer.Refused, "failed calling webhook \"guard.example.com\": connection refused");
        var decision = Decide(Draining(refused, Pod("web-2"), Pod("web-3")));

        Assert.Equal(3, Assert.IsType<Evict>(Assert.Single(decision.Effects)).Pods.Count);
        Assert.Equal("draining before patching: pod default/web-1 is refused: failed calling webhook \"guard.example.com\": connection refused", decision.Why);
        Assert.Contains(decision.Status.Conditions, condition => condition.Type == ConditionTypes.Reconciling && condition.Message == decision.Why);
        var late = Decide(Draining(refused) with { Now = Noon.AddMinutes(25) });
        Assert.Equal(Reasons.DrainTimedOut, late.Status.LastOperation!.Reason);
        Assert.Contains("web-1 is refused: failed calling webhook", late.Status.LastOperation.Message, StringComparison.Ordinal);
    }

    /// <summary>Case K4: a pod is told to go and does not.</summary>
    [Fact]
    public void A_pod_that_terminates_for_longer_than_it_was_given_is_named_while_it_lasts()
    {
        var stuck = Pod("web-1") with { Terminating = true, Overdue = true };

        Assert.Equal(
            "draining before patching: pod default/web-1 is terminating for longer than it was given",
            Decide(Draining(Pod("web-0") with { Terminating = true }, stuck)).Why);
        Assert.Equal("draining before patching", Decide(Draining(stuck with { Overdue = false })).Why);
        Assert.Contains(
            "web-1 is terminating", Decide(Draining(stuck) with { Now = Noon.AddMinutes(25) }).Status.LastOperation!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(2, 0.5)]
    [InlineData(4, 1)]
    [InlineData(60, 2)]
    public void Pods_that_were_told_to_go_are_looked_at_again_soon_and_ever_later(int after, double seconds)
    {
        var input = Draining(Pod("web-1") with { Terminating = true });

        Assert.Equal(TimeSpan.FromSeconds(seconds), Decide(input with { Now = input.Status.PhaseSince!.Value.AddSeconds(after) }).WakeUp);
    }

    [Fact]
    public void A_pod_that_has_just_been_told_to_go_is_named_at_the_end() =>
        Assert.Equal(
            "1 pods were left after 30m; pod default/web-1 has not terminated",
            Decide(Draining(Pod("web-1") with { Terminating = true }) with { Now = Noon.AddMinutes(25) }).Status.LastOperation!.Message);

    [Fact]
    public void Pods_leave_by_priority_and_those_of_a_higher_one_only_when_the_others_are_gone()
    {
        var (critical, high, low) = (Pod("dns") with { Priority = 2_000_000_000 }, Pod("api") with { Priority = 100 }, Pod("batch"));

        Assert.Equal([low], Evicted(Draining(critical, high, low)));
        Assert.Empty(Decide(Draining(critical, high, low with { Terminating = true })).Effects);
        Assert.Equal([high], Evicted(Draining(critical, high)));
        Assert.Equal([critical], Evicted(Draining(critical)));
    }

    [Fact]
    public void A_pod_that_the_policy_keeps_is_not_evicted_and_is_named_until_the_timeout()
    {
        var input = Draining(Pod("web"), Pod("db") with { Managed = false });
        var decision = Decide(input);

        Assert.Equal([Pod("web")], Evicted(input));
        Assert.Equal(("default/db", Reasons.UnmanagedPod), (decision.Status.Blocked!.Pod, decision.Status.Blocked.Reason));
        Assert.Equal(
            "draining before patching: pod default/db stays: it declares no controller, and drain.unmanagedPods is Block (kubectl drain: --force)", decision.Why);
        Assert.Equal(Reasons.DrainTimedOut, Decide(input with { Now = Noon.AddMinutes(25) }).Status.LastOperation!.Reason);
    }

    [Fact]
    public void Pods_are_given_the_time_to_end_that_the_policy_says() => Assert.Equal(
        5, Assert.IsType<Evict>(Assert.Single(Decide(With(new DrainSettings { GracePeriodSeconds = 5 }, Pod("web"))).Effects)).GracePeriodSeconds);

    /// <summary>Invariant 10.</summary>
    [Fact]
    public void By_force_pods_are_deleted_once_the_timeout_has_passed_and_loudly()
    {
        var input = With(
            new DrainSettings { OnTimeout = DrainTimeoutAction.Force, GracePeriodSeconds = 5 },
            Pod("web-1", EvictionAnswer.Blocked, "no room"),
            Pod("web-2") with { Terminating = true },
            Pod("web-3", EvictionAnswer.Impossible, "two budgets"));

        Assert.IsType<Evict>(Assert.Single(Decide(input with { Now = Noon.AddMinutes(24) }).Effects));
        var decision = Decide(input with { Now = Noon.AddMinutes(25) });
        // Nothing is done before it is written down: a crash would leave no trace of it.
        Assert.Empty(decision.Effects);
        Assert.Equal((NodePhase.Draining, 2, TimeSpan.Zero), (decision.Status.Phase, decision.Status.LastOperation!.Forced, decision.WakeUp));
        var next = Decide(input with { Now = Noon.AddMinutes(25), Status = decision.Status });
        var deletion = Assert.IsType<DeletePods>(Assert.Single(next.Effects));
        Assert.Equal(["web-1", "web-3"], deletion.Pods.Select(pod => pod.Name));
        Assert.Equal(5, deletion.GracePeriodSeconds);
        Assert.Empty(next.Events);
        var told = Assert.Single(decision.Events, told => told.Reason == Reasons.DrainForced);
        Assert.True(told.Warning);
        Assert.Equal(
            "run workers-run: 2 pods were left after 30m and are deleted without eviction, past their PodDisruptionBudgets: default/web-1, default/web-3",
            told.Message);
    }

    [Fact]
    public void What_does_not_end_by_force_either_fails_after_as_much_time_again()
    {
        var input = With(new DrainSettings { OnTimeout = DrainTimeoutAction.Force }, Pod("web-1") with { Terminating = true });

        Assert.Equal(NodePhase.Draining, Decide(input with { Now = Noon.AddMinutes(54) }).Status.Phase);
        Assert.Equal(Reasons.DrainTimedOut, Decide(input with { Now = Noon.AddMinutes(55) }).Status.LastOperation!.Reason);
    }

    [Fact]
    public void Force_is_for_budgets_and_not_for_what_the_policy_itself_keeps()
    {
        var decision = Decide(With(
            new DrainSettings { OnTimeout = DrainTimeoutAction.Force }, Pod("web", EvictionAnswer.Blocked, "no room"), Pod("db") with { Managed = false }) with
        {
            Now = Noon.AddMinutes(25),
        });

        Assert.Equal(Reasons.DrainTimedOut, decision.Status.LastOperation!.Reason);
        Assert.DoesNotContain(decision.Effects, effect => effect is DeletePods);
    }

    [Theory]
    [InlineData(EvictionAnswer.Blocked, 25, Reasons.DrainTimedOut)]
    [InlineData(EvictionAnswer.Impossible, 0, Reasons.DrainMisconfigured)]
    public void A_node_that_is_skipped_is_given_back_and_has_not_failed(EvictionAnswer answer, int after, string reason)
    {
        var decision = Decide(With(new DrainSettings { OnTimeout = DrainTimeoutAction.Skip }, Pod("web", answer, "no room")) with { Now = Noon.AddMinutes(after) });

        var last = decision.Status.LastOperation!;
        Assert.Equal((NodePhase.Idle, OperationResult.Skipped, OperationStep.Drain, reason), (decision.Status.Phase, last.Result, last.Step!.Value, last.Reason));
        Assert.Contains(new Uncordon(Key), decision.Effects);
        Assert.Contains(decision.Events, told => told.Reason == reason && told.Warning);
    }

    /// <summary>Case P2: somebody else reboots the node while it drains for its reboot.</summary>
    [Fact]
    public void A_node_that_drains_for_a_reboot_and_has_had_one_is_drained_no_longer_and_not_rebooted()
    {
        var status = Scanned().NeedingReboot().InPhase(NodePhase.Draining, record => record with { PatchedAt = Noon.AddMinutes(-6) });
        var decision = Decide(InTurn(status) with { Drain = new DrainFacts([Pod("web-1")]), Node = Ours with { BootId = "boot-2" } });

        Assert.Equal(NodePhase.Verifying, decision.Status.Phase);
        Assert.Equal(OperationStep.Verify, Assert.IsType<CreateJob>(Assert.Single(decision.Effects)).Job.Step);
    }

    private static NodeInput With(DrainSettings drain, params PodToEvict[] pods) =>
        InTurn(Scanned().NeedingReboot().InPhase(NodePhase.Draining), Settings() with { Drain = drain }) with { Drain = new DrainFacts(pods) };

    private static IReadOnlyList<PodToEvict> Evicted(NodeInput input) => Assert.IsType<Evict>(Assert.Single(Decide(input).Effects)).Pods;
}
