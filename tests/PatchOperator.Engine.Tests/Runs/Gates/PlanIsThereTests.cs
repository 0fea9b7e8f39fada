using PatchOperator.Api;
using PatchOperator.Engine.Decisions;
using PatchOperator.Engine.Questions;
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
        var input = Input(Settings(), Pending("a"));

        Assert.Equal(says, GateWords.Of(new PlanIsThere(), there ? input : input with { Plan = null }));
    }

    /// <summary>The caches of a replica that has made neither may hear of a run before they hear of its plan.</summary>
    [Fact]
    public void A_plan_that_no_cache_knows_is_asked_for_and_counts_as_it_is()
    {
        var (run, snapshot) = (ARun(RunPhase.Running), Snapshot.Empty.WithPolicy("workers", APolicy()));
        var plan = APlan(Settings(), Pending("a"));
        run.Spec = run.Spec with { Plan = new PlanReference { Name = plan.Metadata.Name, Digest = PlanDigest.Of(plan.Spec) } };
        var (decider, question) = (new RunDecider("100%"), new PlanAsItIs(plan.Metadata.Name));

        Assert.Equal([question], decider.Ask(run, snapshot, Answers.None, Noon));
        Assert.DoesNotContain(question, decider.Ask(run, snapshot.WithPlan(plan.Metadata.Name, plan), Answers.None, Noon));
        Assert.Equal(plan, RunInput.Of(run, snapshot, new Answers().Add(question, plan), "100%", Noon).Plan);
        Assert.Equal(
            $"PatchPlan {plan.Metadata.Name} is gone, or is not what was frozen", decider.Decide(run, snapshot, new Answers().Add(question, null), Noon).Status.Message);
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

        Assert.NotNull(RunInput.Of(run, frozen, Answers.None, "100%", Noon).Plan);
        Assert.Null(RunInput.Of(run, edited, Answers.None, "100%", Noon).Plan);
    }

    [Fact]
    public void A_run_without_its_plan_waits_for_the_nodes_that_it_has_asked()
    {
        var (run, asked) = (ARun(RunPhase.Running), InFlight("a"));
        asked.Patch!.Metadata.OwnerReferences = [new k8s.Models.V1OwnerReference { Uid = asked.Node.Uid }];
        var snapshot = Snapshot.Empty.WithPolicy("workers", APolicy()).WithNode("a", asked.Node).WithNodePatch("a", asked.Patch);

        Assert.Equal(
            "not yet, Running: PatchPlan workers-plan is gone, or is not what was frozen; 1 nodes in flight finish",
            GateWords.Of(new PlanIsThere(), RunInput.Of(run, snapshot, Answers.None, "100%", Noon)));
    }
}
