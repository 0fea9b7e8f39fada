using k8s.Autorest;
using PatchOperator.Reading;

namespace PatchOperator.Tests.Reading;

public class ClusterReadingTests
{
    private const string Windows = """{"items": [{"metadata": {"name": "nights", "uid": "1"}, "spec": {"schedules": [{"cron": "0 1 * * *"}], "duration": "1h"}}]}""";
    private const string Policies = """{"items": [{"metadata": {"name": "workers", "uid": "2"}, "spec": {"nodeSelector": {}, "windows": ["nights"]}}]}""";
    private const string Nodes = """{"items": [{"metadata": {"name": "a", "uid": "3"}, "status": {"conditions": [{"type": "Ready", "status": "True"}]}}]}""";
    private const string Patches = """
        {"items": [{"metadata": {"name": "a", "uid": "4", "ownerReferences": [{"apiVersion": "v1", "kind": "Node", "name": "a", "uid": "3"}]}, "spec": {"nodeName": "a"},
        "status": {"pending": [{"name": "libssl3", "installed": "1", "candidate": "2", "security": true, "firstSeen": "2026-11-20T12:00:00Z"}]}}]}
        """;

    [Fact]
    public async Task What_there_is_is_listed_and_nothing_is_written()
    {
        await using var server = await ScriptedServer.StartAsync([.. new[] { Windows, Policies, Nodes, Patches }.Select(ScriptedServer.Json)]);

        var cluster = await ReadAsync(server);

        var view = Assert.Single(cluster.Fleet.Of("workers").Members).Value;
        Assert.Empty(view.Policy!.Errors);
        Assert.Equal((true, true), (view.Node.Ready, view.Assessment.NeedsRun));
        Assert.All(server.Requests, request => Assert.StartsWith("GET ", request, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_cluster_without_our_kinds_has_none_of_them()
    {
        await using var server = await ScriptedServer.StartAsync(
            ScriptedServer.Status(404, "{}"), ScriptedServer.Status(404, "{}"), ScriptedServer.Json(Nodes), ScriptedServer.Status(404, "{}"));

        var cluster = await ReadAsync(server);

        Assert.Equal((1, 0, 0, 0), (cluster.Nodes.Count, cluster.Windows.Count, cluster.Policies.Count, cluster.NodePatches.Count));
    }

    [Fact]
    public async Task What_it_refuses_is_said()
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Status(403, """{"kind": "Status", "message": "not for you"}"""));

        await Assert.ThrowsAsync<HttpOperationException>(() => ReadAsync(server));
    }

    private static async Task<Engine.World.Snapshot> ReadAsync(ScriptedServer server)
    {
        using var folder = new TemporaryFolder();
        var kubeconfig = Path.Combine(folder.Path, "config");
        await File.WriteAllTextAsync(kubeconfig, $$"""
            apiVersion: v1
            kind: Config
            current-context: c
            contexts:
              - name: c
                context: {cluster: c, user: u}
            clusters:
              - name: c
                cluster: {server: "{{server.Url}}"}
            users:
              - name: u
                user: {token: t}
            """);
        return await ClusterReading.ReadAsync(kubeconfig, default);
    }
}
