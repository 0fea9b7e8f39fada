using k8s.Models;
using PatchOperator.Api;
using PatchOperator.Engine.Decisions;
using PatchOperator.Engine.Facts;
using PatchOperator.Engine.Nodes;
using PatchOperator.Engine.World;
using static PatchOperator.Engine.Tests.Given;

namespace PatchOperator.Engine.Tests.Nodes;

/// <summary>Short ways to say what the decision about a node is given.</summary>
internal static class GivenNodes
{
    public static readonly NodeKey Key = new("node-1", "uid-node-1");

    /// <summary>The node of most tests, cordoned by its run.</summary>
    public static NodeFacts Ours => ANode().CordonedBy("workers-run");

    public static Decision<NodePatchStatus> Decide(NodeInput input) => NodeDecider.Decide(input);

    /// <summary>A node in the middle of its turn, cordoned by its run.</summary>
    public static NodeInput InTurn(NodePatchStatus status, RunSettings? settings = null, params JobFacts[] jobs) => Input(Ours, Asked(settings), status, jobs);

    /// <summary>The same with pods that must leave.</summary>
    public static NodeInput Draining(params PodToEvict[] pods) =>
        InTurn(Scanned().NeedingReboot().InPhase(NodePhase.Draining)) with { Drain = new DrainFacts(pods) };

    public static PodToEvict Pod(string name, EvictionAnswer answer = EvictionAnswer.None, string message = "") =>
        new() { Namespace = "default", Name = name, Uid = $"uid-{name}", Answer = answer, AnswerMessage = message };

    public static JobFacts AtWork(string name) => new() { Name = name, Uid = $"uid-{name}" };

    public static JobFacts Ended(string name, StepReport? report = null) => AtWork(name) with { Finished = true, Report = report };

    /// <summary>The name of a Job of the turn that <see cref="Given.Asked"/> asks for.</summary>
    public static string NameOf(OperationStep step, int attempt = 1, string bootId = "boot-1") =>
        JobRequests.NameOf(Input(ANode() with { BootId = bootId }, Asked(), new NodePatchStatus()), step, attempt);

    public static NodePatch APatch(NodePatchSpec? spec = null, NodePatchStatus? status = null, string name = "node-1") => new()
    {
        Metadata = new V1ObjectMeta { Name = name, Uid = $"patch-{name}", Generation = 1, OwnerReferences = [new V1OwnerReference { Uid = $"uid-{name}" }] },
        Spec = spec ?? new NodePatchSpec { NodeName = name },
        Status = status ?? new NodePatchStatus(),
    };

    public static PatchRun ARun(string name = "workers-run", string uid = "run-uid") =>
        new() { Metadata = new V1ObjectMeta { Name = name, Uid = uid }, Spec = new PatchRunSpec { Policy = new PolicyReference { Name = "workers" }, Window = "nightly" } };

    /// <summary>A cluster with the policy, its run, and a node.</summary>
    public static Snapshot Cluster(NodePatch patch, NodeFacts? node = null) => Snapshot.Empty
        .WithWindow("nightly", new PatchWindow
        {
            Metadata = new V1ObjectMeta { Name = "nightly", Uid = "nightly", Generation = 1 },
            Spec = new PatchWindowSpec { Schedules = [new WindowSchedule { Cron = "0 12 * * *" }], Duration = "2h" },
        })
        .WithPolicy("workers", APolicy())
        .WithRun("workers-run", ARun())
        .WithNode("node-1", node ?? ANode())
        .WithNodePatch("node-1", patch);
}
