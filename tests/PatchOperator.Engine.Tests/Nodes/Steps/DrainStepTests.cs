using PatchOperator.Api;
using PatchOperator.Engine.Effects;
using PatchOperator.Engine.Facts;
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
        Assert.Equal("draining: pod default/web-1 is refused: failed calling webhook \"guard.example.com\": connection refused", decision.Why);
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
            "draining: pod default/web-1 is terminating for longer than it was given", Decide(Draining(Pod("web-0") with { Terminating = true }, stuck)).Why);
        Assert.Equal("draining", Decide(Draining(stuck with { Overdue = false })).Why);
        Assert.Contains(
            "web-1 is terminating", Decide(Draining(stuck) with { Now = Noon.AddMinutes(25) }).Status.LastOperation!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pod_that_has_just_been_told_to_go_is_named_at_the_end() =>
        Assert.Equal(
            "1 pods were left after 30m; pod default/web-1 has not terminated",
            Decide(Draining(Pod("web-1") with { Terminating = true }) with { Now = Noon.AddMinutes(25) }).Status.LastOperation!.Message);

    /// <summary>Case P2: somebody else reboots the node while it drains for its reboot.</summary>
    [Fact]
    public void A_node_that_drains_for_a_reboot_and_has_had_one_is_drained_no_longer_and_not_rebooted()
    {
        var status = Scanned().NeedingReboot().InPhase(NodePhase.Draining, record => record with { PatchedAt = Noon.AddMinutes(-6) });
        var decision = Decide(InTurn(status) with { Drain = new DrainFacts([Pod("web-1")]), Node = Ours with { BootId = "boot-2" } });

        Assert.Equal(NodePhase.Verifying, decision.Status.Phase);
        Assert.Equal(OperationStep.Verify, Assert.IsType<CreateJob>(Assert.Single(decision.Effects)).Job.Step);
    }
}
