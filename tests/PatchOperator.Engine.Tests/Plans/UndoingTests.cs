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
        ["nothing was kept"] = (Patched(asked: Asked(Settings())), false),
        ["never patched"] = (Pending("node-1"), false),
        ["not known"] = (View("node-1", null), false),
    };

    public static TheoryData<string> States => [.. Nodes.Keys];

    [Theory, MemberData(nameof(States))]
    public void Only_what_a_run_has_changed_last_and_kept_can_be_taken_back(string state) =>
        Assert.Equal(Nodes[state].IsConcerned, Undoing.Concerns(Nodes[state].Node, RunUid));

    private static RunSettings Rolls => Settings() with { OnFailure = new FailureSettings { Action = FailureAction.Rollback } };

    internal static NodeView Patched(Func<OperationRecord, OperationRecord>? change = null, NodePatchSpec? asked = null, string name = "node-1")
    {
        var record = Record(OperationResult.Succeeded) with { PatchedAt = Noon.AddMinutes(-20) };
        return View(name, Scanned() with { LastOperation = change?.Invoke(record) ?? record }, asked ?? Asked(Rolls));
    }
}
