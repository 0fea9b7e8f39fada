using PatchOperator.Api;
using PatchOperator.Engine.Decisions;
using PatchOperator.Engine.Runs;
using PatchOperator.Engine.Runs.Gates;
using PatchOperator.Engine.World;
using static PatchOperator.Engine.Tests.Given;
using static PatchOperator.Engine.Tests.Runs.GivenRuns;

namespace PatchOperator.Engine.Tests.Runs.Gates;

public class EmergencyFirstTests
{
    [Theory]
    [InlineData(null, "go")]
    [InlineData(RunTrigger.Emergency, "not yet, Running: emergency now goes first; 1 nodes in flight finish, and 1 wait")]
    [InlineData(RunTrigger.Rollback, "not yet, Running: run now, which takes back another, goes first; 1 nodes in flight finish, and 1 wait")]
    public void No_other_node_begins_while_an_emergency_or_what_takes_back_has_nodes_to_begin(RunTrigger? trigger, string says)
    {
        var first = ARun(name: "now");
        first.Spec = first.Spec with { Trigger = trigger ?? RunTrigger.Window };

        Assert.Equal(says, GateWords.Of(new EmergencyFirst(), Input(Settings(), InFlight("a"), Pending("b")) with { First = trigger is null ? null : first }));
    }

    [Theory]
    [InlineData(RunTrigger.Window, "back")]
    [InlineData(RunTrigger.CatchUp, "back")]
    [InlineData(RunTrigger.Emergency, "back")]
    [InlineData(RunTrigger.Rollback, null)]
    public void What_takes_back_goes_before_an_emergency_and_both_before_all_others(RunTrigger trigger, string? first)
    {
        var (run, snapshot) = (ARun(), Snapshot.Empty.WithPolicy("workers", APolicy(spec => spec with { Windows = [] })));
        run.Spec = run.Spec with { Trigger = trigger };
        foreach (var (name, other) in new[] { ("now", RunTrigger.Emergency), ("back", RunTrigger.Rollback) })
        {
            var moving = ARun(name: name, uid: name);
            moving.Spec = moving.Spec with { Trigger = other };
            snapshot = snapshot.WithRun(name, moving);
        }

        Assert.Equal(first, RunInput.Of(run, snapshot.WithRun("run", run), Answers.None, "100%", Noon).First?.Metadata.Name);
    }

    public static TheoryData<RunPhase?, int, int, bool> Phases => new()
    {
        // phase, pending, in progress, moving; one node cannot be drained
        { null, 0, 0, true },
        { RunPhase.Running, 2, 0, true },
        { RunPhase.Running, 1, 1, true },
        { RunPhase.Running, 1, 0, false },
        { RunPhase.Soaking, 2, 0, true },
        { RunPhase.PendingApproval, 2, 0, false },
        { RunPhase.WaitingForWindow, 2, 0, false },
        { RunPhase.Halted, 2, 1, false },
        { RunPhase.Paused, 2, 1, false },
        { RunPhase.Succeeded, 0, 0, false },
    };

    [Theory, MemberData(nameof(Phases))]
    public void Only_a_run_that_has_nodes_to_begin_is_moving(RunPhase? phase, int pending, int inProgress, bool moving) => Assert.Equal(moving, RunPhases.IsMoving(new PatchRunStatus
    {
        Phase = phase,
        Progress = phase is null ? null : new RunProgress { Pending = pending, InProgress = inProgress },
        Blocked = [new RunBlocked { Node = "c", CheckedAt = Noon }],
    }));
}
