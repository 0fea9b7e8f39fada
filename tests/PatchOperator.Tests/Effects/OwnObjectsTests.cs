using System.Net;
using k8s.Autorest;
using k8s.Models;
using PatchOperator.Api;
using PatchOperator.Effects;
using PatchOperator.Engine.Effects;
using PatchOperator.Engine.World;

namespace PatchOperator.Tests.Effects;

public sealed class OwnObjectsTests : IDisposable
{
    private static readonly NodeFacts Node = new() { Name = "node-1", Uid = "node-uid" };
    private static readonly NodeOperation Operation = new() { Run = "run-1", RunUid = "run-uid" };
    private static readonly PolicyReference Policy = new() { Name = "workers", Uid = "policy-uid", Generation = 3 };

    private readonly OperatorBench bench = new();

    private OwnObjects Objects => bench.Get<OwnObjects>();

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task A_NodePatch_goes_with_its_Node_and_only_after_the_node_was_restored()
    {
        await Objects.CreateNodePatchAsync(new CreateNodePatch(Node), CancellationToken.None);

        var patch = bench.Store.Find<NodePatch>("node-1")!;
        var owner = Assert.Single(patch.Metadata.OwnerReferences);
        Assert.Equal(("v1", "Node", "node-1", "node-uid"), (owner.ApiVersion, owner.Kind, owner.Name, owner.Uid));
        Assert.Equal([Finalizers.NodePatch], patch.Metadata.Finalizers);
        Assert.Equal(("node-1", null), (patch.Spec.NodeName, patch.Spec.Operation));
        Assert.NotNull(bench.World.Snapshot.NodePatches["node-1"]);
    }

    [Fact]
    public async Task A_run_and_its_plan_go_with_their_policy()
    {
        await Objects.CreatePlanAsync(new CreatePlan("plan-1", new PatchPlanSpec { Policy = Policy }), CancellationToken.None);
        await Objects.CreateRunAsync(
            new CreateRun("run-1", new PatchRunSpec { Policy = Policy, Plan = new PlanReference { Name = "plan-1" } }), CancellationToken.None);

        var (plan, run) = (bench.Store.Find<PatchPlan>("plan-1")!, bench.Store.Find<PatchRun>("run-1")!);
        Assert.All([plan.Metadata, run.Metadata], metadata =>
        {
            var owner = Assert.Single(metadata.OwnerReferences);
            Assert.Equal((PatchPolicy.KindName, "workers", "policy-uid", true), (owner.Kind, owner.Name, owner.Uid, owner.Controller));
            Assert.Equal("workers", metadata.Labels[ApiGroup.PolicyLabel]);
        });
        Assert.Equal([Finalizers.PatchRun], run.Metadata.Finalizers);
        Assert.Null(plan.Metadata.Finalizers);
        Assert.Equal((Policy, "plan-1"), (run.Spec.Policy, run.Spec.Plan.Name));
        Assert.Equal((1, 1), (bench.World.Snapshot.Runs.Count, bench.World.Snapshot.Plans.Count));
    }

    /// <summary>The answer to the first attempt was lost: the caches learn of it now, not when the watch comes round.</summary>
    [Fact]
    public async Task What_exists_under_the_name_is_the_same_and_is_known_from_now_on()
    {
        bench.Store.Create(new NodePatch { Metadata = new V1ObjectMeta { Name = "node-1" }, Spec = new NodePatchSpec { NodeName = "node-1", Operation = Operation } });

        await Objects.CreateNodePatchAsync(new CreateNodePatch(Node), CancellationToken.None);

        Assert.Equal(Operation.RunUid, bench.World.Snapshot.NodePatches["node-1"]!.Spec.Operation?.RunUid);
        Assert.Equal(["create NodePatch node-1", "get NodePatch node-1"], bench.Api.Calls);
    }

    /// <summary>Another run of the same policy would take the same slot.</summary>
    [Fact]
    public async Task Nothing_more_is_reserved_before_it_is_known_what_became_of_a_reservation_without_an_answer()
    {
        Patch();
        bench.Known(new NodePatch { Metadata = new V1ObjectMeta { Name = "node-2" }, Spec = new NodePatchSpec { NodeName = "node-2" } });
        var another = new SetOperation("node-2", new NodeOperation { Run = "run-2", RunUid = "another" });
        bench.Api.Answer("update NodePatch node-1", new HttpRequestException("the connection broke"));
        await Assert.ThrowsAsync<HttpRequestException>(() => SetAsync(Operation));

        var refused = await Assert.ThrowsAsync<HttpOperationException>(() => Objects.SetOperationAsync(another, CancellationToken.None));
        Assert.Equal((HttpStatusCode.Conflict, "get NodePatch node-1"), (refused.Response.StatusCode, bench.Api.Calls[^1]));
        await Objects.SetOperationAsync(another, CancellationToken.None);
        Assert.Equal("update NodePatch node-2", bench.Api.Calls[^1]);
    }

    [Fact]
    public async Task What_is_asked_of_a_node_is_written_and_taken_back_and_its_status_is_left_alone()
    {
        Patch(status: new NodePatchStatus { Phase = NodePhase.Patching });

        await SetAsync(Operation);
        Assert.Equal(("run-1", "run-uid", NodePhase.Patching), (Stored.Spec.Operation!.Run, Stored.Spec.Operation.RunUid, Stored.Status.Phase));
        Assert.Equal(Operation.RunUid, bench.World.Snapshot.NodePatches["node-1"]!.Spec.Operation?.RunUid);

        await SetAsync(null);
        Assert.Null(Stored.Spec.Operation);
        Assert.Equal("node-1", Stored.Spec.NodeName);
    }

    [Fact]
    public async Task What_is_asked_already_is_not_written_again()
    {
        Patch(Operation);

        await SetAsync(Operation);

        Assert.Empty(bench.Api.Calls);
    }

    [Fact]
    public async Task Of_a_node_that_is_not_tracked_nothing_is_asked()
    {
        await SetAsync(Operation);

        Assert.Empty(bench.Api.Calls);
    }

    [Fact]
    public async Task Two_decisions_cannot_both_take_the_slot()
    {
        Patch();
        bench.Store.Edit(NodePatch.KindName, "node-1", json => json["spec"]!["operation"] = Simulation.ObjectStore.Parse(new NodeOperation { Run = "other", RunUid = "other" }));

        var conflict = await Assert.ThrowsAsync<HttpOperationException>(() => SetAsync(Operation));

        Assert.Equal((HttpStatusCode.Conflict, "other"), (conflict.Response.StatusCode, Stored.Spec.Operation!.RunUid));
    }

    [Fact]
    public async Task What_is_to_go_goes_and_what_is_gone_is_no_failure()
    {
        bench.Known(new NodePatch { Metadata = new V1ObjectMeta { Name = "node-1" } });
        bench.Known(new PatchPlan { Metadata = new V1ObjectMeta { Name = "plan-1" } });
        bench.Known(new PatchRun { Metadata = new V1ObjectMeta { Name = "run-1" } });
        for (var times = 0; times < 2; times++)
        {
            await Objects.DeleteNodePatchAsync(new DeleteNodePatch("node-1"), CancellationToken.None);
            await Objects.DeletePlanAsync(new DeletePlan("plan-1"), CancellationToken.None);
            await Objects.DeleteRunAsync(new DeleteRun("run-1"), CancellationToken.None);
        }

        Assert.Equal((null, null, null), (bench.Store.Find<NodePatch>("node-1"), bench.Store.Find<PatchPlan>("plan-1"), bench.Store.Find<PatchRun>("run-1")));
    }

    [Fact]
    public async Task Annotations_that_have_taken_effect_are_taken_off_and_no_others()
    {
        var annotations = new Dictionary<string, string> { ["done"] = "yes", ["kept"] = "yes" };
        bench.Known(new PatchRun { Metadata = new V1ObjectMeta { Name = "x", Annotations = annotations } });
        bench.Known(new ImageBaseline { Metadata = new V1ObjectMeta { Name = "x", Annotations = annotations } });

        await Objects.RemoveAnnotationsAsync(new RemoveAnnotations(PatchRun.KindName, "x", ["done"]), CancellationToken.None);
        Assert.Equal(["kept"], bench.Store.Find<PatchRun>("x")!.Metadata.Annotations.Keys);
        Assert.Equal(2, bench.Store.Find<ImageBaseline>("x")!.Metadata.Annotations.Count);

        await Objects.RemoveAnnotationsAsync(new RemoveAnnotations(ImageBaseline.KindName, "x", ["done"]), CancellationToken.None);
        Assert.Equal(["kept"], bench.Store.Find<ImageBaseline>("x")!.Metadata.Annotations.Keys);
    }

    [Fact]
    public async Task Records_are_written_one_after_the_other_each_anew_or_at_the_version_that_is_known()
    {
        var known = bench.Known(Record(1, "a"));

        await Objects.WriteRecordsAsync(new WriteRecords([Over(known, Record(1, "a", "b").Spec), Record(2, "c")]), CancellationToken.None);

        Assert.Equal(["update PatchRecord record-1", "create PatchRecord record-2"], bench.Api.Writes);
        Assert.Equal([2, 1], bench.World.Snapshot.Records.All.OrderBy(record => record.Number).Select(record => record.Nodes.Count));
    }

    /// <summary>The answer to the first attempt was lost.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_record_that_is_there_as_it_is_to_be_is_written(bool known)
    {
        var before = known ? Record(1, "a") : null;
        if (before is not null)
        {
            before = bench.Known(before);
            bench.Store.Edit(PatchRecord.KindName, "record-1", json => json["spec"] = Simulation.ObjectStore.Parse(Record(1, "a", "b").Spec));
        }
        else
            bench.Store.Create(Record(1, "a", "b"));

        await Objects.WriteRecordsAsync(new WriteRecords([Over(before, Record(1, "a", "b").Spec)]), CancellationToken.None);

        Assert.Equal(2, bench.World.Snapshot.Records["record-1"]!.Nodes.Count);
    }

    /// <summary>Else a run would be over while what another leader has written in its place lacks a node.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_record_that_somebody_else_has_written_is_another_look_and_nothing_is_written_after_it(bool known)
    {
        var before = known ? Record(1) : null;
        if (before is not null)
        {
            before = bench.Known(before);
            bench.Store.Edit(PatchRecord.KindName, "record-1", json => json["spec"] = Simulation.ObjectStore.Parse(Record(1, "other").Spec));
        }
        else
            bench.Store.Create(Record(1, "other"));

        var conflict = await Assert.ThrowsAsync<HttpOperationException>(
            () => Objects.WriteRecordsAsync(new WriteRecords([Over(before, Record(1, "a").Spec), Record(2, "b")]), CancellationToken.None));

        Assert.Equal((HttpStatusCode.Conflict, null), (conflict.Response.StatusCode, bench.Store.Find<PatchRecord>("record-2")));
        Assert.Equal("other", Assert.Single(bench.World.Snapshot.Records["record-1"]!.Nodes).Name);
    }

    private static PatchRecord Record(int number, params string[] nodes) => new()
    {
        Metadata = new V1ObjectMeta { Name = $"record-{number}" },
        Spec = new PatchRecordSpec
        {
            Run = new RunReference { Name = "run-1", Uid = "run-uid" },
            Number = number,
            Nodes = [.. nodes.Select(node => new RecordedNode { Name = node, Uid = $"uid-{node}" })],
        },
    };

    private static PatchRecord Over(PatchRecord? known, PatchRecordSpec spec) => new() { Metadata = known?.Metadata ?? Record(spec.Number).Metadata, Spec = spec };

    private NodePatch Stored => bench.Store.Find<NodePatch>("node-1")!;

    private void Patch(NodeOperation? operation = null, NodePatchStatus? status = null) => bench.Known(new NodePatch
    {
        Metadata = new V1ObjectMeta { Name = "node-1" },
        Spec = new NodePatchSpec { NodeName = "node-1", Operation = operation },
        Status = status ?? new NodePatchStatus(),
    });

    private Task SetAsync(NodeOperation? operation) => Objects.SetOperationAsync(new SetOperation("node-1", operation), CancellationToken.None);
}
