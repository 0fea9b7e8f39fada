using k8s.Models;
using PatchOperator.Api;
using PatchOperator.Caches;
using PatchOperator.Engine.World;
using PatchOperator.Reconciling;

namespace PatchOperator.Tests.Reconciling;

public class TriggersTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    private static readonly OperationRecord Turn = new() { Run = "run-1", RunUid = "1", Result = OperationResult.InProgress };

    public static TheoryData<string, NodePatch?, NodePatch?, bool> Ends => new()
    {
        { "the turn has ended", Patch(Asked, Turn), Patch(Asked, Turn with { Result = OperationResult.Succeeded }), true },
        { "the turn was withdrawn, and has ended", Patch(null, Turn), Patch(null, Turn with { Result = OperationResult.Cancelled }), true },
        { "the NodePatch of a withdrawn turn is gone", Patch(null, Turn), null, true },
        { "the turn is a step further", Patch(Asked, Turn), Patch(Asked, Turn with { PatchedAt = Now }), false },
    };

    /// <summary>A run that nobody wakes waits for ever for nodes that were given back long ago.</summary>
    [Theory, MemberData(nameof(Ends))]
    public void A_run_is_looked_at_when_a_turn_of_it_ends(string what, NodePatch? before, NodePatch? after, bool looked)
    {
        var empty = Snapshot.Empty.WithNode("node-1", new NodeFacts { Name = "node-1", Uid = "node-uid", Ready = true });
        var change = new WorldChange(NodePatch.KindName, "node-1", empty.WithNodePatch("node-1", before), empty.WithNodePatch("node-1", after));

        var wishes = new Triggers(new ScanBudget(25), "100%").For(change, Now).Select(wish => (wish.Key.Kind, wish.Key.Name)).ToList();

        Assert.True(looked == wishes.Contains((PatchRun.KindName, "run-1")), $"{what}: {string.Join(", ", wishes)}");
    }

    private static NodeOperation Asked => new() { Run = "run-1", RunUid = "1" };

    private static NodePatch Patch(NodeOperation? operation, OperationRecord turn) => new()
    {
        Metadata = new V1ObjectMeta { Name = "node-1", Uid = "patch", OwnerReferences = [new V1OwnerReference { Name = "node-1", Uid = "node-uid" }] },
        Spec = new NodePatchSpec { NodeName = "node-1", Operation = operation },
        Status = new NodePatchStatus { Phase = NodePhase.Patching, LastOperation = turn },
    };
}
