using PatchOperator.Api;
using PatchOperator.Engine.Specs;
using PatchOperator.Engine.World;
using static PatchOperator.Engine.Tests.Given;
using static PatchOperator.Engine.Tests.Runs.GivenRuns;

namespace PatchOperator.Engine.Tests.Plans;

/// <summary>What goes for an update stands in the plan, which people approve.</summary>
public class RemovalsTests
{
    private static readonly PatchPolicy Policy = APolicy(spec => spec with { Updates = new UpdateSettings { AllowRemovals = ["*"] } });

    [Fact]
    public void A_plan_has_what_goes_on_any_node_once_and_nothing_where_nothing_does()
    {
        var plan = Plan(Losing("a", "old"), Losing("b", "old", "new"), Losing("c"));

        Assert.Equal(["a", "b", "c"], plan.Nodes.Select(node => node.Name));
        Assert.Equal(["new", "old"], Assert.Single(plan.Updates).Removes!);
        Assert.Null(Assert.Single(Plan(Losing("c")).Updates).Removes);
    }

    [Fact]
    public void A_plan_that_takes_something_else_away_is_another_one()
    {
        var (plan, same, other) = (Plan(Losing("a", "old")), Plan(Losing("a", "old")), Plan(Losing("a", "older")));

        Assert.Equal((plan.Updates.Single(), PlanDigest.Of(plan)), (same.Updates.Single(), PlanDigest.Of(same)));
        Assert.NotEqual(plan.Updates.Single(), other.Updates.Single());
        Assert.NotEqual(PlanDigest.Of(plan), PlanDigest.Of(other));
    }

    [Fact]
    public void A_node_that_would_lose_more_than_a_plan_has_room_for_waits_for_the_next_one()
    {
        var plan = Plan(Losing("a", Many("a", 15)), Losing("b", Many("b", 15)), Losing("c", Many("c", 5)));

        Assert.Equal(["a", "c"], plan.Nodes.Select(node => node.Name));
        Assert.Equal(Limits.Removals, Assert.Single(plan.Updates).Removes!.Count);

        static string[] Many(string prefix, int count) => [.. Enumerable.Range(0, count).Select(number => $"{prefix}-{number:00}")];
    }

    /// <summary>An agent is given its updates in one variable.</summary>
    [Fact]
    public void What_goes_counts_for_how_much_a_plan_has_room_for()
    {
        List<string> names = [.. Enumerable.Range(0, Limits.Removals).Select(number => new string('x', 240) + $"{number:00}")];
        var packages = Enumerable.Range(0, 40).Select(number => Package($"p-{number:00}", $"{number}") with { Blocked = "would break x", Removes = names });

        Assert.Equal(19, Plan(View("a", [.. packages])).Updates.Count);
    }

    private static PatchPlanSpec Plan(params NodeView[] views) => NextRun(Input(views) with { Policy = Policy }).Run!.Plan;

    private static NodeView Losing(string name, params string[] packages) =>
        View(name, packages.Length == 0 ? Package("app") : Package("app") with { Blocked = "would break them", Removes = [.. packages] });

    private static NodeView View(string name, params PendingPackage[] packages) => Runs.GivenRuns.View(name, Scanned(packages), policy: Policy);
}
