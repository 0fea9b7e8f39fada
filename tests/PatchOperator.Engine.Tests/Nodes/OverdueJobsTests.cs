using PatchOperator.Api;
using PatchOperator.Engine.Decisions;
using PatchOperator.Engine.Effects;
using PatchOperator.Engine.Facts;
using PatchOperator.Engine.Nodes;
using PatchOperator.Engine.World;
using static PatchOperator.Engine.Tests.Given;
using static PatchOperator.Engine.Tests.Nodes.GivenNodes;

namespace PatchOperator.Engine.Tests.Nodes;

/// <summary>Jobs whose pods cannot be made, and that Kubernetes does not end.</summary>
public class OverdueJobsTests
{
    private const string Quota = "Error creating: exceeded quota";

    /// <summary>A patch must not begin on a node that is at work again; and whoever decides again after a crash must find what was decided from.</summary>
    [Fact]
    public void A_step_that_has_not_begun_in_time_fails_and_its_Job_goes_before_the_node_is_given_back()
    {
        var input = InTurn(Scanned().InPhase(NodePhase.Patching).WaitingFor("patch"), null, Overdue("patch"));

        var failed = Decide(input);
        Assert.Empty(failed.Effects);
        Assert.Equal(
            (NodePhase.Failed, Reasons.JobNotStarted, $"the Job patch did not start in time: {Quota}"),
            (failed.Status.Phase, failed.Status.LastOperation!.Reason, failed.Status.LastOperation.Message));
        Assert.Equal([new DeleteJob("patch"), new Uncordon(Key)], Decide(input with { Status = failed.Status }).Effects);
    }

    [Fact]
    public void A_scan_that_has_not_begun_in_time_has_failed_and_its_Job_goes_once_that_is_written_down()
    {
        var input = Input(ANode(), new NodePatchSpec(), new NodePatchStatus().WaitingFor("scan"), Overdue("scan"));

        var failed = Decide(input);
        Assert.Empty(failed.Effects);
        Assert.Equal((null, Reasons.JobNotStarted), (failed.Status.Job, failed.Status.ScanFailure!.Reason));
        Assert.Equal([new DeleteJob("scan")], Decide(input with { Status = failed.Status }).Effects);
    }

    [Fact]
    public void A_Job_of_nobody_that_has_not_begun_in_time_goes_before_anything_else_begins()
    {
        var input = Input(ANode(), Asked(), Scanned(Package("openssl")), Overdue("of-an-old-run"));

        Assert.Equal(new DeleteJob("of-an-old-run"), Decide(input).Effects[0]);
        Assert.Contains(Decide(input).Effects, effect => effect is CreateJob);
    }

    [Fact]
    public void A_withdrawn_run_does_not_wait_for_a_patch_that_has_not_begun_in_time()
    {
        var input = InTurn(Scanned().InPhase(NodePhase.Patching).WaitingFor("patch"), null, Overdue("patch")) with { RunExists = false };

        Assert.Equal([new DeleteJob("patch"), new Uncordon(Key)], Decide(input).Effects);
    }

    [Fact]
    public void A_reboot_that_has_not_begun_in_time_is_not_made_once_the_node_has_been_rebooted_by_another()
    {
        var status = Scanned().InPhase(NodePhase.Rebooting, record => record with { PatchedAt = Noon, DrainedAt = Noon }).WaitingFor("reboot") with { BootIdBefore = "boot-1" };

        Assert.Equal(new DeleteJob("reboot"), Decide(Input(Ours with { BootId = "boot-2" }, Asked(), status, Overdue("reboot"))).Effects[0]);
        Assert.Equal($"rebooting: {Quota}", Decide(Input(Ours, Asked(), status, Overdue("reboot"))).Why);
        var late = Decide(Input(Ours, Asked(), status, Overdue("reboot")) with { Now = Noon.AddMinutes(10) });
        Assert.Equal($"the node did not come back within 15m: it has not rebooted: {Quota}", late.Status.LastOperation!.Message);
        Assert.DoesNotContain(new Uncordon(Key), late.Effects);
    }

    [Fact]
    public void A_node_is_looked_at_again_when_the_time_of_its_Job_is_over()
    {
        var patch = APatch(Asked(), Scanned().InPhase(NodePhase.Patching).WaitingFor("patch"));
        var job = new JobRecord { Name = "patch", Uid = "uid", Node = "node-1", CreatedAt = Noon.AddMinutes(-1), DueAt = Noon.AddMinutes(5) };
        var cluster = Cluster(patch, Ours).WithJob("patch", job).WithPod("pod", new PodRecord { Name = "pod", Job = "patch" });

        Assert.Equal(TimeSpan.FromMinutes(5), new NodeDecider(new ScanBudget(10)).Decide(patch, cluster, Answers.None, Noon).WakeUp);
    }

    private static JobFacts Overdue(string name) => Ended(name) with { TimedOut = true, Overdue = true, Problem = Quota };
}
