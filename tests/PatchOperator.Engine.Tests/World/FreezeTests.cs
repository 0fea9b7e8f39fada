using k8s.Models;
using PatchOperator.Api;
using PatchOperator.Engine.Decisions;
using PatchOperator.Engine.Policies;
using PatchOperator.Engine.Runs;
using PatchOperator.Engine.Tests.Calendars;
using PatchOperator.Engine.Windows;
using PatchOperator.Engine.World;
using static PatchOperator.Engine.Tests.Given;
using static PatchOperator.Engine.Tests.Runs.GivenRuns;

namespace PatchOperator.Engine.Tests.World;

/// <summary>Windows with the effect Blackout, and what they do to the windows of policies. It is Friday noon; nightly is open from 11:00 to 15:00, with a cutoff of 1h.</summary>
public class FreezeTests
{
    private static readonly V1LabelSelector Unreadable = new() { MatchExpressions = [new V1LabelSelectorRequirement { Key = "tier", OperatorProperty = "Equals" }] };

    private static readonly V1LabelSelector Production = Selector("production");

    public static TheoryData<string, V1LabelSelector?, string?, bool> Selections => new()
    {
        { "no selector", null, null, true },
        { "no selector", null, "test", true },
        { "selected", Production, "production", true },
        { "not selected", Production, "test", false },
        { "without labels", Production, null, false },
        { "a selector that selects all", new V1LabelSelector(), null, true },
    };

    [Theory, MemberData(nameof(Selections))]
    public void A_blackout_closes_the_windows_of_the_policies_that_it_selects(string what, V1LabelSelector? selector, string? tier, bool frozen)
    {
        var policy = Labelled(tier);
        var state = Assert.Single(Cluster(Blackout("2026-11-20T10:00", "6h", selector)).StatesOf(policy, Noon)).State;

        Assert.True(frozen == !state.IsOpen, what);
        Assert.Equal(frozen ? Noon.AddHours(23) : Noon.AddHours(-1), state.Current?.OpensAt ?? state.Upcoming[0].OpensAt);
    }

    public static TheoryData<string, string, string, string> Times => new()
    {
        // starts, lasts, the opening now, until when nodes may begin
        { "2026-11-20T14:00", "2h", "2026-11-20 11:00 to 2026-11-20 14:00", "2026-11-20 13:00" },
        { "2026-11-20T15:00", "2h", "2026-11-20 11:00 to 2026-11-20 15:00", "2026-11-20 14:00" },
        { "2026-11-20T12:30", "15m", "2026-11-20 11:00 to 2026-11-20 12:30", "2026-11-20 11:30" },
        { "2026-11-20T11:00", "30m", "2026-11-20 11:30 to 2026-11-20 15:00", "2026-11-20 14:00" },
        { "2026-11-20T10:00", "6h", "none", "never" },
    };

    [Theory, MemberData(nameof(Times))]
    public void A_window_ends_as_a_blackout_begins_and_the_cutoff_counts_from_there(string at, string lasts, string opening, string lastStart)
    {
        var state = Assert.Single(Cluster(Blackout(at, lasts)).StatesOf(APolicy(), Noon)).State;

        Assert.Equal((opening, lastStart), (Time.Write(state.Current), Time.Write(state.LastStart)));
    }

    public static TheoryData<V1LabelSelector?, string, bool> Invalid => new()
    {
        { null, "test", true }, { Production, "production", true }, { Production, "test", false }, { Unreadable, "test", true },
    };

    /// <summary>Nobody knows when it was meant to be: whoever wrote it wanted nodes left alone.</summary>
    [Theory, MemberData(nameof(Invalid))]
    public void A_blackout_that_cannot_be_read_lasts_for_all_that_it_can_be_seen_to_select(V1LabelSelector? selector, string tier, bool frozen)
    {
        var (policy, cluster) = (Labelled(tier), Cluster(Blackout("at Christmas", "6h", selector)));
        var state = Assert.Single(cluster.StatesOf(policy, Noon)).State;
        var freezes = cluster.FreezesOf(policy);

        Assert.Equal((!frozen, frozen ? 0 : 5, frozen ? 1 : 0), (state.IsOpen, state.Upcoming.Count, freezes.Count));
        if (!frozen)
            return;
        var said = freezes[0].At(Noon);
        Assert.Equal((true, null), (said.Lasts, said.Until));
        Assert.StartsWith("the spec of blackout 'holidays' is invalid, and it lasts until that is mended: spec.", said.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void A_blackout_that_comes_changes_or_goes_counts_at_once()
    {
        var window = Blackout("2026-11-20T10:00", "6h");
        var (open, frozen) = (Cluster(), Cluster(window));
        var suspended = Blackout("2026-11-20T10:00", "6h", suspend: true);
        suspended.Metadata.Generation = 2;
        var allows = Blackout("2026-11-20T10:00", "6h");
        (allows.Metadata.Generation, allows.Spec) = (2, allows.Spec with { Effect = WindowEffect.Allow });

        Assert.Equal(
            [true, false, true, true, true],
            new[] { open, frozen, frozen.WithWindow("holidays", null), frozen.WithWindow("holidays", suspended), frozen.WithWindow("holidays", allows) }
                .Select(cluster => cluster.StatesOf(APolicy(), Noon)[0].State.IsOpen));
    }

    [Fact]
    public void A_policy_says_that_it_is_frozen_and_when_it_is_over_and_foresees_the_first_opening_after()
    {
        var cluster = Cluster(Blackout("2026-11-20T10:00", "30h"));
        var decision = new PolicyDecider(new ScanBudget(25)).Decide(cluster.Policies["workers"]!.Policy, cluster, Answers.None, Noon);

        var reconciling = decision.Status.Conditions.Single(condition => condition.Type == ConditionTypes.Reconciling);
        Assert.Equal((Reasons.Frozen, "blackout 'holidays' lasts until 2026-11-21 16:00 UTC; 1 nodes need patching and wait"), (reconciling.Reason, reconciling.Message));
        Assert.Equal(new NextWindow { Name = "nightly", OpensAt = Noon.AddHours(47) }, decision.Status.NextWindow);
        Assert.Equal((TimeSpan.FromHours(28), 0), (decision.WakeUp, decision.Effects.Count));
    }

    [Fact]
    public void A_run_that_waits_for_the_end_of_a_blackout_is_looked_at_then_and_its_policy_says_so()
    {
        var cluster = Cluster(Blackout("2026-11-20T10:00", "3h")).WithRun("workers-20261120", ARun(RunPhase.WaitingForWindow));
        var plan = APlan(Settings(), Pending("node-1"));
        var run = ARun(RunPhase.WaitingForWindow);
        run.Spec = run.Spec with { Plan = new PlanReference { Name = "workers-plan", Digest = new PlanEntry(plan).Digest } };

        var decision = new RunDecider("100%").Decide(run, cluster.WithPlan("workers-plan", plan), Answers.None, Noon);
        var policy = new PolicyDecider(new ScanBudget(25)).Decide(cluster.Policies["workers"]!.Policy, cluster, Answers.None, Noon);

        Assert.Equal((RunPhase.WaitingForWindow, TimeSpan.FromHours(1)), (decision.Status.Phase, decision.WakeUp));
        Assert.Equal("NoBlackout", Assert.Single(decision.Status.Gates).Name);
        Assert.Equal("run workers-20261120 waits: blackout 'holidays' lasts until 2026-11-20 13:00 UTC", policy.Why);
    }

    public static TheoryData<string, PatchWindow, string[]> Statuses => new()
    {
        { "lasts", Blackout("2026-11-20T10:00", "6h"), ["Ready True Accepted", $"Open True {Reasons.BlackoutLasts}: the windows of the policies that it selects are closed"] },
        { "comes", Blackout("2026-11-20T13:00", "6h"), ["Ready True Accepted", $"Open False {Reasons.BlackoutOver}: closes no window now"] },
        { "is over", Blackout("2026-11-19T13:00", "6h"), ["Ready True Accepted", $"Open False {Reasons.BlackoutOver}: does not begin again"] },
        { "suspended", Blackout("2026-11-20T10:00", "6h", suspend: true), ["Ready True Accepted", "Open False Suspended: closes no window until spec.suspend is taken back"] },
        { "invalid", Blackout("2026-11-20T10:00", "6 h"), ["Ready False InvalidSpec", "Open True InvalidSpec: an invalid blackout lasts until it is mended"] },
    };

    [Theory, MemberData(nameof(Statuses))]
    public void A_blackout_says_whether_it_lasts(string what, PatchWindow window, string[] says)
    {
        var conditions = Decide(Cluster(window), "holidays").Status.Conditions.ToDictionary(condition => condition.Type);
        var (ready, open) = (conditions[ConditionTypes.Ready], conditions[ConditionTypes.Open]);

        Assert.True(says.SequenceEqual([$"Ready {ready.Status} {ready.Reason}", $"Open {open.Status} {open.Reason}: {open.Message}"]), $"{what}: {open}");
    }

    [Fact]
    public void A_window_tells_of_the_blackouts_of_every_policy_and_not_of_those_of_some()
    {
        var (all, some) = (Cluster(Blackout("2026-11-20T14:00", "22h")), Cluster(Blackout("2026-11-20T14:00", "22h", Production)));

        var status = Decide(all, "nightly").Status;
        Assert.Equal((Noon.AddHours(2), "cut: closes as blackout 'holidays' begins"), (status.Current!.ClosesAt, status.Current.Note));
        Assert.Equal((Noon.AddHours(24), "cut: opens as blackout 'holidays' ends"), (status.Upcoming[0].OpensAt, status.Upcoming[0].Note));
        Assert.Equal(Noon.AddHours(3), Decide(some, "nightly").Status.Current!.ClosesAt);
    }

    /// <summary>Builds of images harm no node.</summary>
    [Fact]
    public void Windows_that_image_baselines_follow_open_whatever_is_frozen() =>
        Assert.True(Cluster(Blackout("2026-11-20T10:00", "6h")).States(["nightly"], Noon)[0].State.IsOpen);

    [Fact]
    public void A_policy_and_a_baseline_that_name_a_blackout_are_invalid()
    {
        var baseline = ABaseline(spec => spec with { Triggers = new ImageTriggers { Windows = ["holidays"] } });
        var cluster = Cluster(Blackout("2026-11-20T10:00", "6h")).WithPolicy("workers", APolicy(spec => spec with { Windows = ["nightly", "holidays"] }))
            .WithBaseline("worker", baseline);

        const string Says = "PatchWindow 'holidays' is a Blackout: it closes the windows of policies, and opens for none";
        Assert.Equal([new SpecError("spec.windows[1]", Says)], cluster.Policies["workers"]!.Terms.Errors);
        Assert.Equal([new SpecError("spec.triggers.windows[0]", Says)], cluster.Baselines["worker"]!.Errors);
    }

    [Theory]
    [InlineData(WindowEffect.Allow, "0s", true, "spec.policySelector: is for the effect Blackout alone: a policy names the windows that allow patching")]
    [InlineData(WindowEffect.Blackout, "10m", false, "spec.cutoff: is for windows that allow patching: a Blackout starts no node")]
    [InlineData(WindowEffect.Blackout, "0m", true, null)]
    public void What_is_for_one_effect_is_refused_with_the_other(WindowEffect effect, string cutoff, bool selector, string? says) => Assert.Equal(
        says is null ? [] : [says],
        WindowBuilder.AWindow("@daily").With(spec => spec with { Effect = effect, Cutoff = cutoff, PolicySelector = selector ? Production : null }).Errors());

    [Fact]
    public void A_selector_that_cannot_be_read_is_named() => Assert.Equal(
        ["spec.policySelector.matchExpressions[0].operator: 'Equals' is not one of In, NotIn, Exists, DoesNotExist"],
        WindowBuilder.AWindow("@daily").With(spec => spec with { Effect = WindowEffect.Blackout, PolicySelector = Unreadable }).Errors());

    /// <summary>A blackout that begins anew before it is over, for ever.</summary>
    [Fact]
    public void A_blackout_without_an_end_in_sight_lasts()
    {
        var window = Blackout("", "1d");
        window.Spec = window.Spec with { Schedules = [new WindowSchedule { Cron = "0 0 * * *" }] };
        var cluster = Cluster(window);

        for (var day = 0; day < 30; day++)
            Assert.False(cluster.StatesOf(APolicy(), Noon.AddDays(day))[0].State.IsOpen);
    }

    private static Decision<PatchWindowStatus> Decide(Snapshot cluster, string window) => new WindowDecider().Decide(cluster.Windows[window]!.Window, cluster, Answers.None, Noon);

    private static Snapshot Cluster(PatchWindow? blackout = null)
    {
        var nightly = new PatchWindow
        {
            Metadata = new V1ObjectMeta { Name = "nightly", Uid = "nightly", Generation = 1 },
            Spec = new PatchWindowSpec { Schedules = [new WindowSchedule { Cron = "0 11 * * *" }], Duration = "4h", Cutoff = "1h" },
        };
        var patch = Pending("node-1").Patch!;
        patch.Metadata.OwnerReferences = [new V1OwnerReference { Uid = "uid-node-1" }];
        var cluster = Snapshot.Empty.WithWindow("nightly", nightly).WithPolicy("workers", APolicy()).WithNode("node-1", ANode()).WithNodePatch("node-1", patch);
        return blackout is null ? cluster : cluster.WithWindow("holidays", blackout);
    }

    private static PatchWindow Blackout(string at, string lasts, V1LabelSelector? selector = null, bool suspend = false) => new()
    {
        Metadata = new V1ObjectMeta { Name = "holidays", Uid = "holidays", Generation = 1 },
        Spec = new PatchWindowSpec
        {
            Effect = WindowEffect.Blackout,
            PolicySelector = selector,
            Schedules = [new WindowSchedule { At = at }],
            Duration = lasts,
            Suspend = suspend,
        },
    };

    private static V1LabelSelector Selector(string tier) => new() { MatchLabels = new Dictionary<string, string> { ["tier"] = tier } };

    private static PatchPolicy Labelled(string? tier)
    {
        var policy = APolicy();
        policy.Metadata.Labels = tier is null ? null : new Dictionary<string, string> { ["tier"] = tier };
        return policy;
    }
}
