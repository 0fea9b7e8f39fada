using PatchOperator.Api;
using PatchOperator.Engine.Runs.Gates;
using static PatchOperator.Engine.Tests.Given;
using static PatchOperator.Engine.Tests.Runs.GivenRuns;

namespace PatchOperator.Engine.Tests.Runs.Gates;

public class EmergencyFirstTests
{
    [Theory]
    [InlineData(false, "go")]
    [InlineData(true, "not yet, Running: emergency now goes first; 1 nodes in flight finish, and 1 wait")]
    public void No_other_node_begins_while_an_emergency_has_nodes_to_begin(bool emergency, string says) =>
        Assert.Equal(says, GateWords.Of(new EmergencyFirst(), Input(Settings(), InFlight("a"), Pending("b")) with { Emergency = emergency ? ARun(name: "now") : null }));

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
