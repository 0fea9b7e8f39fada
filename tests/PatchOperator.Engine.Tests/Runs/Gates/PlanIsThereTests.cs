using PatchOperator.Api;
using PatchOperator.Engine.Runs;
using PatchOperator.Engine.Runs.Gates;
using PatchOperator.Engine.Specs;
using PatchOperator.Engine.World;
using static PatchOperator.Engine.Tests.Given;
using static PatchOperator.Engine.Tests.Runs.GivenRuns;

namespace PatchOperator.Engine.Tests.Runs.Gates;

public class PlanIsThereTests
{
    [Theory]
    [InlineData(true, "go")]
    [InlineData(false, "end, Cancelled: PatchPlan workers-plan is gone, or is not what was frozen")]
    public void Without_its_plan_a_run_does_nothing(bool there, string says)
    {
        var input = Input(Settings(), Pending("a")) with { Now = Noon.AddHours(1) };

        Assert.Equal(says, GateWords.Of(new PlanIsThere(), there ? input : input with { Plan = null }));
    }

    /// <summary>The caches of a replica that has made neither may hear of a run before they hear of its plan.</summary>
    [Theory]
    [InlineData(RunTrigger.Window, 0, "not yet, Running: PatchPlan workers-plan has not been heard of yet")]
    [InlineData(RunTrigger.Window, 59, "not yet, Running: PatchPlan workers-plan has not been heard of yet")]
    [InlineData(RunTrigger.Window, 60, "end, Cancelled: PatchPlan workers-plan is gone, or is not what was frozen")]
    [InlineData(RunTrigger.Emergency, 3599, "not yet, Running: PatchPlan workers-plan has not been heard of yet")]
    [InlineData(RunTrigger.Emergency, 3600, "end, Cancelled: PatchPlan workers-plan is gone, or is not what was frozen")]
    public void A_run_that_was_just_made_waits_for_its_plan_to_be_heard_of(RunTrigger trigger, int seconds, string says)
    {
        var input = Input(Settings(), Pending("a"));
        input.Run.Metadata.CreationTimestamp = Noon.UtcDateTime.AddSeconds(-seconds);
        input.Run.Spec = input.Run.Spec with { Trigger = trigger };

        Assert.Equal(says, GateWords.Of(new PlanIsThere(), input with { Plan = null, Now = Noon }));
    }

    /// <summary>Where the API server does not keep a plan from being edited, or somebody else was faster in making one of that name.</summary>
    [Fact]
    public void A_plan_that_is_not_what_was_frozen_is_none()
    {
        var (run, plan) = (Input(Settings(), Pending("a")).Run, APlan(Settings(), Pending("a")));
        run.Spec = run.Spec with { Plan = new PlanReference { Name = plan.Metadata.Name, Digest = PlanDigest.Of(plan.Spec) } };
        var frozen = Snapshot.Empty.WithPlan(plan.Metadata.Name, plan);
        var edited = frozen.WithPlan(
            plan.Metadata.Name, new PatchPlan { Metadata = plan.Metadata, Spec = plan.Spec with { Settings = plan.Spec.Settings with { PatchTimeout = "2h" } } });

        Assert.NotNull(RunInput.Of(run, frozen, "100%", Noon).Plan);
        Assert.Null(RunInput.Of(run, edited, "100%", Noon).Plan);
    }

    [Fact]
    public void A_run_without_its_plan_waits_for_the_nodes_that_it_has_asked()
    {
        var (run, asked) = (ARun(RunPhase.Running), InFlight("a"));
        asked.Patch!.Metadata.OwnerReferences = [new k8s.Models.V1OwnerReference { Uid = asked.Node.Uid }];
        var snapshot = Snapshot.Empty.WithPolicy("workers", APolicy()).WithNode("a", asked.Node).WithNodePatch("a", asked.Patch);

        Assert.Equal(
            "not yet, Running: PatchPlan workers-plan is gone, or is not what was frozen; 1 nodes in flight finish",
            GateWords.Of(new PlanIsThere(), RunInput.Of(run, snapshot, "100%", Noon)));
    }
}
