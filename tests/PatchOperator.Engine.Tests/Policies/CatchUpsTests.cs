using PatchOperator.Api;
using PatchOperator.Engine.Calendars;
using PatchOperator.Engine.Policies;
using PatchOperator.Engine.World;
using static PatchOperator.Engine.Tests.Given;
using static PatchOperator.Engine.Tests.Runs.GivenRuns;

namespace PatchOperator.Engine.Tests.Policies;

public class CatchUpsTests
{
    private static readonly NodeQuarantine Lasting = new() { Reason = Reasons.NodeReverted, Message = "it went back", Since = Noon.AddHours(-1) };

    private static readonly Dictionary<string, (CatchUpMode Mode, PolicyInput Input, string? Planned)> Cases = new()
    {
        ["never"] = (CatchUpMode.Never, AmongThem(Behind("a")), null),
        ["a window is open"] = (CatchUpMode.Schedule, AmongThem(Behind("a"), Pending("b")), "workers-catchup-20261120 in nightly: a"),
        ["no window is open"] = (CatchUpMode.Schedule, AmongThem(Behind("a")) with { Windows = Named(ClosedWindow()) }, null),
        ["at once"] = (CatchUpMode.Immediate, AmongThem(Behind("a"), Pending("b"), Behind("c")) with { Windows = Named(ClosedWindow()) }, "workers-catchup-20261120: a, c"),
        ["at once, in an open window"] = (CatchUpMode.Immediate, AmongThem(Behind("a")), "workers-catchup-20261120: a"),
        ["beside the run of a window"] = (CatchUpMode.Immediate, AmongThem(Behind("a")) with { Runs = [ARun(RunPhase.Halted, uid: "another")] }, "workers-catchup-20261120: a"),
        ["released"] = (CatchUpMode.Immediate, AmongThem(Behind("a", Lasting with { ReleasedAt = Noon })), null),
        ["not Ready"] = (CatchUpMode.Immediate, AmongThem(Behind("a").NotReady()), null),
        ["a blackout lasts"] = (CatchUpMode.Immediate, AmongThem(Behind("a")) with { Freezes = [new FreezeState(true, null, "blackout")] }, null),
        ["the window has a blackout"] = (CatchUpMode.Immediate,
            AmongThem(Behind("a")) with { Windows = Named(ClosedWindow() with { Blackout = new Blackout("blackout 'x'", Noon.AddHours(1)) }) }, null),
        ["the name is taken"] = (CatchUpMode.Immediate, AmongThem(Behind("a")) with { RunNames = ["workers-catchup-20261120"] }, "workers-catchup-20261120-2: a"),
        ["a policy without windows"] = (CatchUpMode.Immediate, AmongThem(Behind("a")) with { Windows = [], Policy = APolicy(spec => spec with { Windows = [] }) }, null),
        ["suspended"] = (CatchUpMode.Immediate, AmongThem(Behind("a")) with { Policy = APolicy(spec => spec with { Suspend = true }) }, null),
        ["one is under way"] = (CatchUpMode.Immediate, AmongThem(Behind("a"), Behind("b")) with { Runs = [ACatchUp(RunPhase.Running)], Plans = Plans("a") }, null),
        ["one has halted"] = (CatchUpMode.Immediate, AmongThem(Behind("a"), Behind("b")) with { Runs = [ACatchUp(RunPhase.Halted)], Plans = Plans("a") }, null),
        ["one waits for people"] = (CatchUpMode.Immediate, AmongThem(Behind("a"), Behind("b")) with { Runs = [ACatchUp(RunPhase.PendingApproval)], Plans = Plans("a") }, "workers-catchup-20261120: b"),
        ["it has failed"] = (CatchUpMode.Immediate, AmongThem(Failed("a", minutesAgo: 30)) with { Runs = [ACatchUp(RunPhase.Failed)], Plans = Plans("a") }, null),
        ["it had failed before it fell behind"] = (CatchUpMode.Immediate,
            AmongThem(Failed("a", minutesAgo: 90)) with { Runs = [ACatchUp(RunPhase.Failed)], Plans = Plans("a") }, "workers-catchup-20261120: a"),
        ["a person has cancelled it"] = (CatchUpMode.Immediate, AmongThem(Behind("a"), Behind("b")) with { Runs = [ACatchUp(RunPhase.Cancelled)], Plans = Plans("a") }, "workers-catchup-20261120: b"),
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory, MemberData(nameof(Names))]
    public void What_is_planned_for_nodes_that_fell_behind(string what)
    {
        var (mode, input, planned) = Cases[what];
        input.Policy.Spec = input.Policy.Spec with { CatchUp = new CatchUpSettings { Mode = mode } };
        var (run, _) = new CatchUps(input).Next();

        Assert.True(
            planned == (run is null ? null : $"{run.Name}{(run.Spec.Window is { } window ? $" in {window}" : "")}: {string.Join(", ", run.Plan.Nodes.Select(node => node.Name))}"),
            $"{what}: {run}");
        Assert.True(run is null or { Spec.Trigger: RunTrigger.CatchUp }, what);
    }

    [Fact]
    public void The_run_of_a_window_leaves_them_to_it_and_takes_those_that_failed_in_it()
    {
        var run = NextRun(AmongThem(Behind("a"), Pending("b"))).Run!;
        var after = NextRun(AmongThem(Failed("a", 30), Pending("b")) with
        {
            Runs = [ACatchUp(RunPhase.Failed)],
            Plans = Plans("a"),
            Windows = Named(OpenWindow(Noon.AddMinutes(40))),
        }).Run!;
        var (alone, standing) = NextRun(AmongThem(Behind("a")));

        Assert.Equal(["b"], run.Plan.Nodes.Select(node => node.Name));
        Assert.Equal(["a", "b"], after.Plan.Nodes.Select(node => node.Name));
        Assert.Null(alone);
        Assert.Equal((Reasons.RunInProgress, "1 nodes fell behind and are caught up by a run of their own"), (standing.Reason, standing.Message));
    }

    [Theory]
    [InlineData("2", UpdateFreeze.AtLeast, "2")]
    [InlineData("4", UpdateFreeze.AtLeast, "3")]
    [InlineData("1", UpdateFreeze.AtLeast, "3")]
    [InlineData("2", UpdateFreeze.Strict, "3")]
    public void They_get_what_the_others_have_rather_than_what_has_come_since(string known, UpdateFreeze freeze, string planned)
    {
        var behind = View("a", Scanned(Package("openssl", "3")) with { Quarantine = Lasting });
        var plan = APlan(Settings());
        plan.Spec = plan.Spec with { Updates = [new RunUpdate { OsFamily = "debian-12", Name = "openssl", Version = known }] };
        var input = AmongThem(behind) with { Runs = [ARun(RunPhase.Succeeded)], Plans = new Dictionary<string, PatchPlan> { ["workers-plan"] = plan } };
        input.Policy.Spec = input.Policy.Spec with { Updates = input.Policy.Spec.Updates with { Freeze = freeze } };

        Assert.Equal(planned, Assert.Single(new CatchUps(input).Next().Run!.Plan.Updates).Version);
    }

    [Fact]
    public void What_keeps_a_node_from_being_tried_again_is_kept()
    {
        var input = AmongThem(Failed("a", 30)) with
        {
            Runs = [ACatchUp(RunPhase.Failed), .. Enumerable.Range(1, PolicyDecider.KeptRuns).Select(number => Later(number))],
            Plans = Plans("a"),
        };

        Assert.DoesNotContain(PolicyDecider.Decide(input, []).Effects, effect => effect is Engine.Effects.DeleteRun);
        Assert.Contains(PolicyDecider.Decide(input with { Nodes = Of(Pending("a")) }, []).Effects, effect => effect is Engine.Effects.DeleteRun { Name: "workers-catchup-20261119" });
    }

    private static PatchRun Later(int number)
    {
        var run = ACatchUp(RunPhase.Succeeded);
        (run.Metadata.Name, run.Metadata.Uid, run.Metadata.CreationTimestamp) = ($"workers-catchup-20261119-{number + 1}", $"later-{number}", Noon.AddMinutes(number).UtcDateTime);
        return run;
    }

    private static PolicyInput AmongThem(params NodeView[] views) => Input(views);

    private static NodeView Behind(string name, NodeQuarantine? quarantine = null) => View(name, Scanned(Package("openssl")) with { Quarantine = quarantine ?? Lasting });

    private static NodeView Failed(string name, int minutesAgo) =>
        View(name, Scanned(Package("openssl")) with { Quarantine = Lasting, LastOperation = Record(OperationResult.Failed) with { StartedAt = Noon.AddMinutes(-minutesAgo) } });

    private static PatchRun ACatchUp(RunPhase phase)
    {
        var run = ARun(phase, "workers-catchup-20261119");
        run.Spec = run.Spec with { Trigger = RunTrigger.CatchUp, Window = null, WindowOpenedAt = null };
        run.Status = run.Status with { CancelledAt = phase == RunPhase.Cancelled ? Noon : null, Progress = new RunProgress { Total = 1, Pending = 1 } };
        return run;
    }

    private static Dictionary<string, PatchPlan> Plans(string node) => new() { ["workers-plan"] = APlan(Settings(), Behind(node)) };
}
