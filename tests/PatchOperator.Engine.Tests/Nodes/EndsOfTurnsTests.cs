using k8s.Models;
using PatchOperator.Api;
using PatchOperator.Engine.Decisions;
using PatchOperator.Engine.Effects;
using PatchOperator.Engine.Facts;
using PatchOperator.Engine.Nodes;
using PatchOperator.Engine.World;
using static PatchOperator.Engine.Tests.Given;
using static PatchOperator.Engine.Tests.Nodes.GivenNodes;

namespace PatchOperator.Engine.Tests.Nodes;

/// <summary>How a turn ends that fails, or that the window closes on.</summary>
public class EndsOfTurnsTests
{
    private static readonly RunSettings Kept = Settings() with { OnFailure = new FailureSettings { Action = FailureAction.KeepCordoned } };

    private static readonly RunSettings Stopping = Settings() with { Rollout = new RolloutSettings { OnWindowClose = WindowCloseAction.StopBeforeReboot } };

    [Fact]
    public void A_failed_node_stays_cordoned_where_the_policy_says_so()
    {
        var job = NameOf(OperationStep.Patch);
        var status = Scanned().InPhase(NodePhase.Patching).WaitingFor(job);
        var failed = Decide(InTurn(status, Kept, Ended(job, Failure("DiskFull", "no space"))));

        Assert.Equal((NodePhase.Failed, "DiskFull"), (failed.Status.Phase, failed.Status.LastOperation!.Reason));
        Assert.DoesNotContain(failed.Effects, effect => effect is Uncordon);
        Assert.Contains(new Uncordon(Key), Decide(InTurn(status, Settings(), Ended(job, Failure("DiskFull", "no space")))).Effects);

        var later = Input(Ours, Asked(Kept), failed.Status);
        Assert.DoesNotContain(Decide(later).Effects, effect => effect is Uncordon);
        Assert.Contains(new Uncordon(Key), Decide(later with { Spec = new NodePatchSpec { NodeName = "node-1" } }).Effects);
        Assert.Contains(new Uncordon(Key), Decide(later with { Status = failed.Status with { Phase = NodePhase.Idle } }).Effects);
    }

    [Theory]
    [InlineData(WindowCloseAction.StopBeforeReboot, false, true)]
    [InlineData(WindowCloseAction.StopBeforeReboot, true, false)]
    [InlineData(WindowCloseAction.Finish, false, false)]
    public void A_turn_ends_before_its_reboot_when_the_window_has_closed_and_the_policy_says_so(WindowCloseAction action, bool open, bool stops)
    {
        var settings = Settings(drain: DrainMode.Never) with { Rollout = new RolloutSettings { OnWindowClose = action } };
        var job = NameOf(OperationStep.Patch);
        var decision = Decide(
            InTurn(Scanned().InPhase(NodePhase.Patching).WaitingFor(job), settings, Ended(job, Done(reboot: true))) with { IsWindowOpen = open });

        var last = decision.Status.LastOperation!;
        Assert.Equal(stops ? (NodePhase.Idle, OperationResult.Skipped) : (NodePhase.Rebooting, OperationResult.InProgress), (decision.Status.Phase, last.Result));
        Assert.Equal(Noon, last.PatchedAt);
        if (!stops)
            return;
        Assert.Equal((OperationStep.Reboot, Reasons.RebootPending), (last.Step!.Value, last.Reason));
        Assert.Contains(new Uncordon(Key), decision.Effects);
        Assert.DoesNotContain(decision.Effects, effect => effect is CreateJob);
    }

    [Fact]
    public void A_drain_for_the_reboot_alone_ends_as_well() => Assert.Equal(
        Reasons.RebootPending,
        Decide(InTurn(Scanned().NeedingReboot().InPhase(NodePhase.Draining, record => record with { PatchedAt = Noon.AddMinutes(-6) }), Stopping) with
        {
            Drain = new DrainFacts([Pod("web")]),
            IsWindowOpen = false,
        }).Status.LastOperation!.Reason);

    /// <summary>Nothing is pending on it any more: a scan would find it in order.</summary>
    [Theory]
    [InlineData("UnitsBroken", true, NodePhase.Failed)]
    [InlineData("VerifyCommandFailed", true, NodePhase.Failed)]
    [InlineData("UnitsBroken", false, NodePhase.Idle)]
    [InlineData("UpdatesMissing", true, NodePhase.Idle)]
    public void A_node_that_was_found_unwell_stays_cordoned_until_a_person_gives_it_back(string reason, bool cordoned, NodePhase phase)
    {
        var failed = Scanned() with
        {
            Phase = NodePhase.Failed,
            Job = "scan",
            LastOperation = new OperationRecord { RunUid = "run-uid", Result = OperationResult.Failed, Reason = reason, Message = "it failed" },
        };

        var status = Decide(Input(cordoned ? Ours : ANode(), Asked(Kept), failed, Ended("scan", Done()))).Status;

        Assert.Equal((phase, phase == NodePhase.Failed ? ComplianceState.Failed : ComplianceState.Compliant), (status.Phase, status.Compliance!.State));
    }

    [Fact]
    public void What_is_still_to_be_patched_is_patched_first() => Assert.Equal(
        OperationResult.InProgress,
        Decide(InTurn(Scanned().NeedingReboot().InPhase(NodePhase.Draining), Stopping) with { Drain = new DrainFacts([Pod("web")]), IsWindowOpen = false })
            .Status.LastOperation!.Result);

    [Fact]
    public void A_reboot_that_was_asked_for_is_waited_for()
    {
        var since = Noon.AddMinutes(-6);
        var status = Scanned().NeedingReboot().InPhase(NodePhase.Rebooting, record => record with { PatchedAt = since, DrainedAt = since }) with { BootIdBefore = "boot-1" };

        Assert.Equal(NodePhase.Rebooting, Decide(InTurn(status, Stopping) with { IsWindowOpen = false }).Status.Phase);
    }

    [Theory]
    [InlineData(12, true)]
    [InlineData(15, false)]
    public void Whether_the_window_is_open_is_that_of_the_policy_of_the_run(int hour, bool open)
    {
        var patch = APatch(Asked(Stopping), Scanned());

        var input = NodeInput.Of(patch, Cluster(patch), Answers.None, new ScanBudget(25), Noon.AddHours(hour - 11.5));

        Assert.Equal(open, input.IsWindowOpen);
    }

    [Fact]
    public void A_freeze_closes_it_for_the_node_as_for_others()
    {
        var patch = APatch(Asked(Stopping), Scanned());
        var freeze = Window("holidays", new PatchWindowSpec { Effect = WindowEffect.Blackout, Schedules = [new WindowSchedule { Cron = "0 10 * * *" }], Duration = "6h" });

        Assert.False(NodeInput.Of(patch, Cluster(patch).WithWindow("holidays", freeze), Answers.None, new ScanBudget(25), Noon.AddHours(0.5)).IsWindowOpen);
    }

    /// <summary>Noon in UTC is nine in the evening in Tokyo.</summary>
    [Theory]
    [InlineData("Asia/Tokyo", 0.5, false)]
    [InlineData("Asia/Tokyo", 15.5, true)]
    [InlineData("UTC", 0.5, true)]
    [InlineData("Atlantis", 0.5, false)]
    public void By_local_time_it_is_open_by_the_clocks_of_the_nodes_own_zone(string zone, double hours, bool open)
    {
        var patch = APatch(Asked(Stopping), Scanned());
        var node = ANode() with { Annotations = new Dictionary<string, string> { [ApiGroup.TimeZoneAnnotation] = zone } };
        var local = new PatchWindowSpec { Schedules = [new WindowSchedule { Cron = "0 12 * * *" }], Duration = "2h", Timing = WindowTiming.NodeLocal };
        var cluster = Cluster(patch, node).WithWindow("nightly", Window("nightly", local, generation: 2));

        Assert.Equal(open, NodeInput.Of(patch, cluster, Answers.None, new ScanBudget(25), Noon.AddHours(hours)).IsWindowOpen);
    }

    private static PatchWindow Window(string name, PatchWindowSpec spec, long generation = 1) =>
        new() { Metadata = new V1ObjectMeta { Name = name, Uid = name, Generation = generation }, Spec = spec };
}
