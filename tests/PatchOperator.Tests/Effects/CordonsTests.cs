using System.Net;
using System.Text.Json.Nodes;
using k8s.Autorest;
using k8s.Models;
using PatchOperator.Api;
using PatchOperator.Effects;
using PatchOperator.Engine.Effects;
using PatchOperator.Engine.Facts;

namespace PatchOperator.Tests.Effects;

/// <summary>A cordon that an administrator set is never taken for ours, nor undone.</summary>
public sealed class CordonsTests : IDisposable
{
    private readonly OperatorBench bench = new();

    private Cordons Cordons => bench.Get<Cordons>();

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task The_cordon_and_the_mark_are_one_write_and_known_at_once()
    {
        await CordonAsync(bench.Node("node-1").Metadata.Uid);

        Assert.Equal(["patch Node node-1"], bench.Api.Writes);
        Assert.Equal((true, "run-1"), State());
        Assert.Equal((true, "run-1"), (bench.World.Snapshot.Nodes["node-1"]!.Unschedulable, bench.World.Snapshot.Nodes["node-1"]!.CordonedBy));
    }

    [Fact]
    public async Task A_node_that_is_cordoned_by_somebody_else_is_left_as_it_is_by_both()
    {
        var uid = bench.Node("node-1", unschedulable: true).Metadata.Uid;

        await CordonAsync(uid);
        await UncordonAsync(uid);

        Assert.Empty(bench.Api.Writes);
        Assert.Equal((true, null), State());
    }

    /// <summary>Another leader may have ended the turn: the caches do not know of it yet.</summary>
    [Fact]
    public async Task A_node_whose_turn_has_ended_a_moment_ago_is_not_cordoned_once_more()
    {
        var uid = bench.Node("node-1").Metadata.Uid;
        var ended = new OperationRecord { Result = OperationResult.Succeeded };
        bench.Store.Create(new NodePatch { Metadata = new V1ObjectMeta { Name = "node-1" }, Status = new NodePatchStatus { LastOperation = ended } });

        await CordonAsync(uid);

        Assert.Equal((false, null), State());
    }

    [Fact]
    public async Task The_taint_of_a_node_that_comes_next_is_one_write_leaves_others_and_goes_with_the_cordon()
    {
        var key = new NodeKey("node-1", bench.Node("node-1").Metadata.Uid);
        bench.Store.Edit(V1Node.KubeKind, "node-1", json => json["spec"]!["taints"] = new JsonArray(new JsonObject { ["key"] = "dedicated", ["value"] = "db", ["effect"] = "NoSchedule" }));

        await Cordons.AnnounceAsync(new Announce(key, "run-1"), CancellationToken.None);
        await Cordons.AnnounceAsync(new Announce(key, "run-1"), CancellationToken.None);

        Assert.Equal(["patch Node node-1"], bench.Api.Writes);
        Assert.Equal(["dedicated=db:NoSchedule", "patchoperator.io/patching=run-1:PreferNoSchedule"], Taints());
        Assert.Equal("run-1", bench.World.Snapshot.Nodes["node-1"]!.AnnouncedBy);
        await CordonAsync(key.Uid);
        await UncordonAsync(key.Uid);
        Assert.Equal(["dedicated=db:NoSchedule"], Taints());
        Assert.Equal((false, null), State());
        Assert.Equal(3, bench.Api.Writes.Count());
    }

    [Fact]
    public async Task A_taint_is_taken_off_by_itself_where_there_is_one()
    {
        var key = new NodeKey("node-1", bench.Node("node-1").Metadata.Uid);
        await Cordons.AnnounceAsync(new Announce(key, "run-1"), CancellationToken.None);

        await Cordons.UnannounceAsync(new Unannounce(key), CancellationToken.None);
        await Cordons.UnannounceAsync(new Unannounce(key), CancellationToken.None);

        Assert.Equal(2, bench.Api.Writes.Count());
        Assert.Empty(Taints());
        Assert.Null(bench.World.Snapshot.Nodes["node-1"]!.AnnouncedBy);
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public async Task A_node_that_fell_behind_is_tainted_unless_another_leader_has_released_it(bool released, bool tainted)
    {
        var key = Behind(released);

        await Cordons.QuarantineAsync(new Quarantine(key, "workers"), CancellationToken.None);
        await Cordons.QuarantineAsync(new Quarantine(key, "workers"), CancellationToken.None);

        string[] expected = tainted ? ["patchoperator.io/unpatched=workers:NoSchedule"] : [];
        Assert.Equal(expected, Taints());
        Assert.Equal(tainted ? 1 : 0, bench.Api.Writes.Count());
    }

    [Theory]
    [InlineData("workers", true, false, true)]
    [InlineData("", true, false, true)]
    [InlineData("workers", false, false, false)]
    [InlineData("workers", false, true, true)]
    [InlineData("", false, true, false)]
    public async Task Its_taint_goes_once_it_is_released_or_where_it_is_ours_and_unwanted(string value, bool released, bool unwanted, bool goes)
    {
        var key = Behind(released);
        bench.Store.Edit(
            V1Node.KubeKind, "node-1", json => json["spec"]!["taints"] = new JsonArray(new JsonObject { ["key"] = ApiGroup.UnpatchedTaint, ["value"] = value, ["effect"] = "NoSchedule" }));

        await Cordons.LiftQuarantineAsync(new LiftQuarantine(key) { IsUnwanted = unwanted }, CancellationToken.None);

        Assert.Equal(goes, !Taints().Any());
    }

    private NodeKey Behind(bool released)
    {
        var quarantine = new NodeQuarantine { Since = bench.Time.GetUtcNow(), ReleasedAt = released ? bench.Time.GetUtcNow() : null };
        bench.Store.Create(new NodePatch { Metadata = new V1ObjectMeta { Name = "node-1" }, Status = new NodePatchStatus { Quarantine = quarantine } });
        return new NodeKey("node-1", bench.Node("node-1").Metadata.Uid);
    }

    /// <summary>The caches may not know of it yet.</summary>
    [Fact]
    public async Task A_cordon_that_an_administrator_set_a_moment_ago_is_seen()
    {
        var uid = bench.Node("node-1").Metadata.Uid;
        bench.Store.Edit(V1Node.KubeKind, "node-1", json => json["spec"]!["unschedulable"] = true);

        await CordonAsync(uid);

        Assert.Equal((true, null), State());
    }

    [Fact]
    public async Task A_cordon_that_comes_between_the_look_and_the_write_is_not_taken_over()
    {
        var uid = bench.Node("node-1").Metadata.Uid;
        bench.Api.Before = call =>
        {
            if (call.StartsWith("patch", StringComparison.Ordinal))
                bench.Store.Edit(V1Node.KubeKind, "node-1", json => json["spec"]!["unschedulable"] = true);
            return Task.CompletedTask;
        };

        var conflict = await Assert.ThrowsAsync<HttpOperationException>(() => CordonAsync(uid));

        Assert.Equal(HttpStatusCode.Conflict, conflict.Response.StatusCode);
        Assert.Equal((true, null), State());
    }

    [Fact]
    public async Task Undone_is_our_cordon_and_nothing_else_is_touched()
    {
        var uid = bench.Node("node-1").Metadata.Uid;
        bench.Store.Edit(V1Node.KubeKind, "node-1", json =>
        {
            json["metadata"]!["annotations"] = new JsonObject { ["example.com/mine"] = "kept" };
            json["spec"]!["taints"] = new JsonArray(new JsonObject { ["key"] = "dedicated", ["effect"] = "NoSchedule" });
        });
        await CordonAsync(uid);

        await UncordonAsync(uid);

        Assert.Equal((false, null), State());
        var node = bench.Store.Find(V1Node.KubeKind, "node-1")!;
        Assert.Equal(("kept", "dedicated"), (node.Annotation("example.com/mine"), (string)node.Json["spec"]!["taints"]![0]!["key"]!));
        Assert.False(bench.World.Snapshot.Nodes["node-1"]!.Unschedulable);
    }

    [Fact]
    public async Task Both_can_be_repeated()
    {
        var uid = bench.Node("node-1").Metadata.Uid;

        await CordonAsync(uid);
        await CordonAsync(uid);
        await UncordonAsync(uid);
        await UncordonAsync(uid);

        Assert.Equal(2, bench.Api.Writes.Count());
        Assert.Equal((false, null), State());
    }

    [Fact]
    public async Task Another_node_of_the_name_is_not_meant()
    {
        bench.Node("node-1");

        await CordonAsync("another");
        Assert.Equal((false, null), State());

        bench.Store.Edit(V1Node.KubeKind, "node-1", json =>
        {
            json["metadata"]!["annotations"] = new JsonObject { [ApiGroup.CordonedByAnnotation] = "run-1" };
            json["spec"]!["unschedulable"] = true;
        });
        await UncordonAsync("another");
        Assert.Equal((true, "run-1"), State());
    }

    [Fact]
    public async Task A_node_that_is_gone_needs_neither()
    {
        await CordonAsync("gone");
        await UncordonAsync("gone");

        Assert.Empty(bench.Api.Writes);
    }

    private Task CordonAsync(string uid) => Cordons.CordonAsync(new Cordon(new NodeKey("node-1", uid), "run-1"), CancellationToken.None);

    private Task UncordonAsync(string uid) => Cordons.UncordonAsync(new Uncordon(new NodeKey("node-1", uid)), CancellationToken.None);

    private (bool Cordoned, string? By) State()
    {
        var node = bench.Store.Find(V1Node.KubeKind, "node-1")!;
        return ((bool?)node.Json["spec"]!["unschedulable"] == true, node.Annotation(ApiGroup.CordonedByAnnotation));
    }

    private IEnumerable<string> Taints() => ((JsonArray?)bench.Store.Find(V1Node.KubeKind, "node-1")!.Json["spec"]!["taints"] ?? [])
        .Select(taint => $"{taint!["key"]}={taint["value"]}:{taint["effect"]}");
}
