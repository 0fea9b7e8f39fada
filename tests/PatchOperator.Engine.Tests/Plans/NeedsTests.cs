using PatchOperator.Api;
using PatchOperator.Engine.Plans;
using PatchOperator.Engine.World;
using static PatchOperator.Engine.Tests.Given;
using static PatchOperator.Engine.Tests.Runs.GivenRuns;

namespace PatchOperator.Engine.Tests.Plans;

/// <summary>Two nodes of one policy in different phases of an update end at the same version.</summary>
public class NeedsTests
{
    private static readonly PatchPolicy All = APolicy(spec => spec with { Updates = new UpdateSettings { Classification = UpdateClassification.All } });

    private static readonly NodeQuarantine Quarantined = new() { Since = Noon, Reason = "Older", Message = "it has fallen behind" };

    private static readonly PendingPackage Offered = Package("app", security: false);

    private static readonly PendingPackage Later = Offered with { Blocked = "phased", Phased = true };

    [Fact]
    public void What_one_node_is_offered_is_planned_for_all_that_only_its_phase_keeps_from_it()
    {
        var plan = Planned(View("a", Offered), View("b", Later), View("c", Later with { Phased = false }), View("d", Later with { Held = true }))!;

        Assert.Equal(["a", "b"], plan.Nodes.Select(node => node.Name));
        Assert.Equal("app=2", string.Join(' ', plan.Updates.Select(update => $"{update.Name}={update.Version}")));
        var updates = new PlanUpdates(plan.Updates, UpdateFreeze.Strict);
        Assert.Equal(["2"], updates.For(View("b", Later)).Select(update => update.Version));
        Assert.Empty(updates.For(View("c", Later with { Phased = false })));
    }

    public static TheoryData<string, NodeView> Others => new()
    {
        { "phased as well", View("b", Later) },
        { "another version", View("b", Offered with { Candidate = "3" }) },
        { "another system", Runs.GivenRuns.View("b", Scanned(Offered).On("amd64", "ubuntu-24.04"), policy: All) },
        { "nobody", View("b") },
    };

    [Theory, MemberData(nameof(Others))]
    public void Before_that_nothing_is_done(string what, NodeView other) =>
        Assert.False(Planned(View("a", Later), other)?.Nodes.Any(node => node.Name == "a") == true, what);

    [Fact]
    public void Nor_for_a_policy_that_does_not_ask_for_it() =>
        Assert.Empty(new Needs([Runs.GivenRuns.View("a", Scanned(Offered)), Runs.GivenRuns.View("b", Scanned(Later))]).Nodes);

    [Fact]
    public void A_node_that_has_only_the_phase_to_wait_for_is_compliant_and_says_so()
    {
        var waits = ComplianceOf("workers", All.Spec, Scanned(Later) with { PendingCount = new PendingCount { Blocked = 1 } }, Noon);

        Assert.Equal(ComplianceState.Compliant, waits.State);
        Assert.EndsWith("; 1 updates are phased, given to other machines first: app", waits.Message, StringComparison.Ordinal);
        var fix = Scanned(Later with { Security = true }) with { PendingCount = new PendingCount { Blocked = 1, BlockedSecurity = 1 } };
        Assert.Equal(Reasons.UpdatesBlocked, ComplianceOf("workers", All.Spec, fix, Noon).Reason);
    }

    [Fact]
    public void Its_turn_ends_as_that_of_the_others()
    {
        var plan = new PlanUpdates([new RunUpdate { OsFamily = "debian-12", Name = "app", Version = "2" }], UpdateFreeze.Strict);

        Assert.True(plan.Concerns(View("b", Later)));
        Assert.False(plan.Concerns(View("b")));
    }

    [Fact]
    public void What_a_node_is_offered_in_two_versions_it_is_asked_for_once() => Assert.Single(
        new PlanUpdates([new RunUpdate { OsFamily = "debian-12", Name = "app", Version = "2" }], UpdateFreeze.AtLeast)
            .For(View("a", Offered, Later with { Candidate = "3" })));

    [Fact]
    public void What_waits_to_be_approved_is_offered_to_nobody_but_in_an_emergency()
    {
        var waiting = APolicy(spec => spec with { Updates = new UpdateSettings { Classification = UpdateClassification.All, ApproveAfter = "7d" } });
        NodeView[] views = [View("a", Offered), View("b", Later)];

        Assert.Empty(new Needs(views.Select(Waiting)).Nodes);
        Assert.Equal(["a", "b"], new Needs(views.Select(Waiting), withDeferred: true).Nodes.Select(view => view.Node.Name));

        // What is missing on one that has fallen behind waits for nothing there, and for everybody else it does.
        var behind = View("c", Offered) is var node ? Runs.GivenRuns.View("c", node.Status! with { Quarantine = Quarantined }, policy: waiting) : default!;
        Assert.Equal(["c"], new Needs([Waiting(views[1]), behind]).Nodes.Select(view => view.Node.Name));

        NodeView Waiting(NodeView view) => Runs.GivenRuns.View(view.Node.Name, view.Status, policy: waiting);
    }

    private static NodeView View(string name, params PendingPackage[] pending) => Runs.GivenRuns.View(name, Scanned(pending), policy: All);

    private static PatchPlanSpec? Planned(params NodeView[] views) => NextRun(Input(views) with { Policy = All }).Run?.Plan;
}
