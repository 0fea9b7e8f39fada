using PatchOperator.Api;
using PatchOperator.Engine.Decisions;
using PatchOperator.Engine.Effects;
using PatchOperator.Engine.Nodes;
using PatchOperator.Engine.World;
using static PatchOperator.Engine.Tests.Given;
using static PatchOperator.Engine.Tests.Nodes.GivenNodes;

namespace PatchOperator.Engine.Tests.Nodes;

/// <summary>Our taint is never left on a node.</summary>
public class UntaintTests
{
    [Theory]
    [InlineData(RunPhase.Running, false)]
    [InlineData(RunPhase.Paused, false)]
    [InlineData(RunPhase.Cancelled, true)]
    [InlineData(RunPhase.Succeeded, true)]
    public void A_taint_of_a_run_that_is_over_is_taken_off(RunPhase phase, bool off)
    {
        var (patch, run) = (APatch(status: Scanned()), ARun());
        run.Status = new PatchRunStatus { Phase = phase };
        var snapshot = Cluster(patch, ANode() with { AnnouncedBy = "workers-run" }).WithRun("workers-run", run);

        Assert.Equal(off, Effects(patch, snapshot).Contains(new Unannounce(Key)));
        Assert.Contains(new Unannounce(Key), Effects(patch, snapshot.WithRun("workers-run", null)));
    }

    [Fact]
    public void A_turn_that_ends_takes_it_off_with_the_cordon_or_by_itself()
    {
        var job = NameOf(OperationStep.Patch);
        var input = InTurn(Scanned().InPhase(NodePhase.Patching).WaitingFor(job), null, Ended(job, Failure("DiskFull", "no space")));

        Assert.DoesNotContain(new Unannounce(Key), Decide(input with { Node = Ours with { AnnouncedBy = "workers-run" } }).Effects);
        Assert.Contains(new Unannounce(Key), Decide(input with { Node = ANode() with { Unschedulable = true, AnnouncedBy = "workers-run" } }).Effects);
        Assert.Contains(new Unannounce(Key), Decide(input with { Node = Ours with { Ready = false, AnnouncedBy = "workers-run" } }).Effects);
    }

    [Fact]
    public void A_node_that_is_given_back_loses_it() =>
        Assert.Contains(new Unannounce(Key), Decide(Input(ANode() with { AnnouncedBy = "workers-run" }, new NodePatchSpec(), Scanned()) with { Deleting = true }).Effects);

    private static IReadOnlyList<Effect> Effects(NodePatch patch, Snapshot snapshot) =>
        Decide(NodeInput.Of(patch, snapshot, Answers.None, new ScanBudget(25), Noon)).Effects;
}
