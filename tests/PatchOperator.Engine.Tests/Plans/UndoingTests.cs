using PatchOperator.Api;
using PatchOperator.Engine.Plans;
using PatchOperator.Engine.World;
using static PatchOperator.Engine.Tests.Given;
using static PatchOperator.Engine.Tests.Runs.GivenRuns;

namespace PatchOperator.Engine.Tests.Plans;

public class UndoingTests
{
    private static readonly Dictionary<string, (NodeView Node, bool IsConcerned)> Nodes = new()
    {
        ["patched in it"] = (Patched(), true),
        ["patched in it, and what is kept was told"] = (Patched(record => record with { PatchedAt = null, Kept = new KeptPackages() }), true),
        ["not patched yet"] = (Patched(record => record with { PatchedAt = null }), false),
        ["still at work"] = (Patched(record => record with { Result = OperationResult.InProgress }), false),
        ["brought back already"] = (Patched(record => record with { Result = OperationResult.Failed, Rollback = new RollbackRecord { DoneAt = Noon } }), false),
        ["could not be brought back"] = (Patched(record => record with { Result = OperationResult.Failed, Rollback = new RollbackRecord() }), true),
        ["had a turn in another run since"] = (Patched(record => record with { RunUid = "another" }), false),
        ["asked something else"] = (Patched(asked: Asked(Rolls, "another")), false),
        ["tried, and did not come to its end"] = (Patched(record => Tried(record, OperationResult.Failed), TakingBack(RunUid)), true),
        ["given up"] = (Patched(record => Tried(record, OperationResult.Cancelled), TakingBack(RunUid)), true),
        ["tried, and nothing was there"] = (Patched(record => Tried(record, OperationResult.Skipped) with { Reason = "NothingToDo" }, TakingBack(RunUid)), false),
        ["taken back"] = (Patched(record => Tried(record, OperationResult.Succeeded), TakingBack(RunUid)), false),
        ["tried for another run"] = (Patched(record => Tried(record, OperationResult.Failed), TakingBack("another")), false),
        ["nothing was kept"] = (Patched(asked: Asked(Settings())), false),
        ["never patched"] = (Pending("node-1"), false),
        ["not known"] = (View("node-1", null), false),
    };

    public static TheoryData<string> States => [.. Nodes.Keys];

    [Theory, MemberData(nameof(States))]
    public void Only_what_a_run_has_changed_last_and_kept_can_be_taken_back(string state) =>
        Assert.Equal(Nodes[state].IsConcerned, Undoing.Concerns(Nodes[state].Node, RunUid));

    private static RunSettings Rolls => Settings() with { OnFailure = new FailureSettings { Action = FailureAction.Rollback } };

    private static OperationRecord Tried(OperationRecord record, OperationResult result) => record with { RunUid = "back-uid", Result = result };

    private static NodePatchSpec TakingBack(string undone)
    {
        var spec = Asked(Rolls, "back-uid");
        return spec with { Operation = spec.Operation! with { Undoes = new RunReference { Name = "workers-before", Uid = undone } } };
    }

    internal static NodeView Patched(Func<OperationRecord, OperationRecord>? change = null, NodePatchSpec? asked = null, string name = "node-1")
    {
        var record = Record(OperationResult.Succeeded) with { PatchedAt = Noon.AddMinutes(-20) };
        return View(name, Scanned() with { LastOperation = change?.Invoke(record) ?? record }, asked ?? Asked(Rolls));
    }
}
