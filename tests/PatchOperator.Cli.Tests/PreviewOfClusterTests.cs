using System.Text.Json.Nodes;
using k8s.Exceptions;
using k8s.Models;
using PatchOperator.Api;
using PatchOperator.Engine.World;

namespace PatchOperator.Cli.Tests;

/// <summary>What is known of a cluster counts for more than what is taken for granted.</summary>
public class PreviewOfClusterTests
{
    private const string Policy = """
        apiVersion: patchoperator.io/v1alpha1
        kind: PatchPolicy
        metadata: {name: workers}
        spec: {nodeSelector: {}, windows: [nightly], rollout: {maxUnavailable: 10}}
        """;

    private static readonly DateTimeOffset Yesterday = new(2026, 11, 19, 22, 0, 0, TimeSpan.Zero);

    private static Snapshot Cluster { get; } = Snapshot.Empty
        .WithWindow("nightly", new PatchWindow
        {
            Metadata = new V1ObjectMeta { Name = "nightly", Uid = "nightly" },
            Spec = new PatchWindowSpec { Schedules = [new WindowSchedule { Cron = "0 22 * * *" }], Duration = "2h" },
        })
        .WithNode("pending", ANode("pending")).WithNodePatch("pending", APatch("pending", new PendingPackage { Name = "libssl3", Installed = "1", Candidate = "2", Security = true }))
        .WithNode("done", ANode("done")).WithNodePatch("done", APatch("done"))
        .WithNode("new", ANode("new"));

    [Fact]
    public void Nodes_that_need_nothing_are_in_no_plan_and_updates_are_counted_where_they_are_known()
    {
        var preview = PreviewOf("", Policy);

        Assert.Equal(3, (int)preview["matched"]!);
        Assert.Equal(["new", "pending"], preview["nodes"]!.AsArray().Select(node => (string)node!["name"]!));
        Assert.Equal(["libssl3 2"], preview["updates"]!.AsArray().Select(update => $"{update!["name"]} {update["version"]}"));
        Assert.Equal("1 nodes that were never scanned need patching", (string)preview["assumed"]![0]!);
    }

    [Fact]
    public void What_would_go_is_named()
    {
        var stuck = APatch("pending", new PendingPackage { Name = "libfoo", Installed = "1", Candidate = "2", Security = true, Blocked = "would break old", Removes = ["old"] });
        var cluster = Snapshot.Empty.WithWindow("nightly", Cluster.Windows["nightly"]!.Window).WithNode("pending", ANode("pending")).WithNodePatch("pending", stuck);
        var allowing = Policy.Replace("spec: {", "spec: {updates: {allowRemovals: [old]}, ", StringComparison.Ordinal);

        var run = Run.Of("preview -f {p.yaml} --kubeconfig", (_, _) => Task.FromResult(cluster), ("p.yaml", allowing));

        Assert.StartsWith("PatchPolicy workers: 1 of its 1 nodes need patching, 1 updates, which remove old\n", run.Written, StringComparison.Ordinal);
        Assert.Empty(PreviewOf("", Policy, cluster)["updates"]!.AsArray());
    }

    [Fact]
    public void How_long_a_turn_took_is_measured_unless_it_is_given()
    {
        Assert.Equal(("7m", "as the last turns of 1 nodes took"), Time(PreviewOf("", Policy)));
        Assert.Equal(("1h", "as given"), Time(PreviewOf("--time-per-node 1h ", Policy)));

        static (string, string) Time(JsonNode preview) => ((string)preview["timePerNode"]!, (string)preview["timePerNodeSource"]!);
    }

    [Fact]
    public void A_turn_that_is_under_way_keeps_its_slot_until_it_could_be_done()
    {
        var busy = APatch("busy", new PendingPackage { Name = "libssl3", Installed = "1", Candidate = "2", Security = true });
        busy.Status = busy.Status with { LastOperation = new OperationRecord { Run = "old", RunUid = "old", Result = OperationResult.InProgress, StartedAt = Yesterday.AddDays(1) } };
        var cluster = Cluster.WithNode("busy", ANode("busy")).WithNodePatch("busy", busy);

        var nodes = PreviewOf("--from 2026-11-20T22:05Z --time-per-node 10m ", Policy.Replace("10", "1", StringComparison.Ordinal), cluster)["nodes"]!.AsArray();

        Assert.Equal(
            ["busy  has a turn now", "new 2026-11-20T22:10:00Z ", "pending 2026-11-20T22:20:00Z "], nodes.Select(node => $"{node!["name"]} {node["startsAt"]} {node["note"]}"));
    }

    [Fact]
    public void A_policy_of_the_file_takes_the_place_of_the_clusters_own_and_others_keep_their_nodes()
    {
        var cluster = Cluster.WithPolicy("all", new PatchPolicy
        {
            Metadata = new V1ObjectMeta { Name = "all", Uid = "all", CreationTimestamp = Yesterday.UtcDateTime },
            Spec = new PatchPolicySpec { NodeSelector = new V1LabelSelector(), Windows = ["nightly"] },
        });

        Assert.Equal(0, (int)PreviewOf("", Policy, cluster)["matched"]!);
        Assert.Equal(3, (int)PreviewOf("", Policy.Replace("spec: {", "spec: {priority: 1, ", StringComparison.Ordinal), cluster)["matched"]!);
        Assert.Equal(3, (int)PreviewOf("", Policy.Replace("name: workers", "name: all", StringComparison.Ordinal), cluster)["matched"]!);
    }

    [Fact]
    public void A_cluster_that_cannot_be_read_is_said()
    {
        var run = Run.Of("preview -f {p.yaml} --kubeconfig config", (_, _) => throw new KubeConfigException("kubeconfig config: no such file"), ("p.yaml", Policy));

        Assert.Equal((1, "", "kubeconfig config: no such file\n"), (run.ExitCode, run.Written, run.Said));
    }

    [Fact]
    public void Nodes_are_those_of_a_file_or_of_a_cluster()
    {
        var run = Run.Of("preview -f {p.yaml} --kubeconfig config --nodes nodes.yaml", (_, _) => Task.FromResult(Cluster), ("p.yaml", Policy));

        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("--nodes and --kubeconfig exclude each other", run.Said, StringComparison.Ordinal);
    }

    private static JsonNode PreviewOf(string options, string policy, Snapshot? cluster = null)
    {
        var run = Run.Of($"preview -f {{p.yaml}} {options}-o json --kubeconfig", (_, _) => Task.FromResult(cluster ?? Cluster), ("p.yaml", policy));
        Assert.Equal((0, ""), (run.ExitCode, run.Said));
        return Assert.Single(JsonNode.Parse(run.Written)!.AsArray())!;
    }

    private static NodeFacts ANode(string name) => new() { Name = name, Uid = name, Ready = true };

    private static NodePatch APatch(string name, params PendingPackage[] pending) => new()
    {
        Metadata = new V1ObjectMeta { Name = name, Uid = $"patch-{name}", OwnerReferences = [new V1OwnerReference { Uid = name }] },
        Spec = new NodePatchSpec { NodeName = name },
        Status = new NodePatchStatus
        {
            LastScan = new NodeScan { Time = Yesterday },
            Pending = [.. pending],
            LastOperation = pending.Length > 0 ? null : new OperationRecord
            {
                Run = "old",
                RunUid = "old",
                Result = OperationResult.Succeeded,
                StartedAt = Yesterday,
                FinishedAt = Yesterday.AddSeconds(400),
            },
        },
    };
}
