using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using k8s;
using PatchOperator.Contract;

namespace PatchOperator.Fleet.Kubelet;

/// <summary>The kubelets of all nodes in one: runs what is bound to them, as far as the API server can tell.</summary>
internal sealed class FakeKubelet(
    ApiServer api, LogServer logs, IReadOnlyList<FakeNode> nodes, PretendedAgent agent, Workload workload, Delays delays, TimeProvider clock)
{
    private readonly Dictionary<string, FakeNode> byName = nodes.ToDictionary(node => node.Name);
    private readonly ConcurrentDictionary<string, bool> started = new();
    private readonly ConcurrentDictionary<string, bool> ending = new();
    private readonly ConcurrentQueue<string> problems = new();
    private int patches;

    /// <summary>What went wrong with the pretence: the figures are worth nothing then.</summary>
    public IReadOnlyCollection<string> Problems => problems;

    /// <summary>How many patch Jobs have changed a node.</summary>
    public int Patches => patches;

    /// <summary>Nodes that are not as the distribution's release, are not back from their reboot, or are cordoned.</summary>
    public int Unfinished => nodes.Count(node => node.Installed != agent.Release || node.RebootRequired || !node.Ready || node.Cordoned);

    public int Cordoned => nodes.Count(node => node.Cordoned);

    /// <summary>Until cancelled.</summary>
    /// <param name="heartbeat">How often each node writes its status.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task RunAsync(TimeSpan heartbeat, CancellationToken cancellationToken) =>
        await await Task.WhenAny(PodsAsync(cancellationToken), NodesAsync(cancellationToken), HeartbeatsAsync(heartbeat, cancellationToken));

    private async Task NodesAsync(CancellationToken cancellationToken)
    {
        await foreach (var (type, node) in api.WatchAsync("/api/v1/nodes", cancellationToken))
        {
            if (type != "DELETED" && byName.TryGetValue((string)node["metadata"]!["name"]!, out var known))
                known.Cordoned = (bool?)node["spec"]?["unschedulable"] == true;
        }
    }

    private async Task PodsAsync(CancellationToken cancellationToken)
    {
        await foreach (var (type, pod) in api.WatchAsync("/api/v1/pods", cancellationToken))
        {
            var uid = (string)pod["metadata"]!["uid"]!;
            if (type == "DELETED")
                Forget(pod, uid);
            else if (pod["metadata"]!["deletionTimestamp"] is not null && ending.TryAdd(uid, true))
                Supervise(EndAsync(pod, cancellationToken));
            else if ((string?)pod["spec"]!["nodeName"] is { } node && byName.TryGetValue(node, out var here) && started.TryAdd(uid, true))
                Supervise(StartAsync(pod, here, cancellationToken));
        }
    }

    private void Forget(JsonObject pod, string uid)
    {
        started.TryRemove(uid, out _);
        ending.TryRemove(uid, out _);
        logs.Forget((string)pod["metadata"]!["name"]!);
    }

    private async void Supervise(Task task)
    {
        try
        {
            await task;
        }
        catch (OperationCanceledException)
        {
            // The end.
        }
        catch (Exception exception) when (exception is HttpRequestException or JsonException or IOException)
        {
            problems.Enqueue(exception.Message);
        }
    }

    private async Task StartAsync(JsonObject pod, FakeNode node, CancellationToken cancellationToken)
    {
        var startedAt = clock.GetUtcNow();
        await WriteStatusAsync(
            pod, "Running", new JsonObject { ["running"] = new JsonObject { ["startedAt"] = Time(startedAt) } }, startedAt, cancellationToken);
        if (Request(pod) is not { } request)
            return;
        await Task.Delay(Duration(request.Step), clock, cancellationToken);
        // As a process does with its node: nobody has asked it to end.
        if (ending.ContainsKey((string)pod["metadata"]!["uid"]!))
            return;
        var report = agent.Do(request, node, startedAt, clock.GetUtcNow());
        if (report.Changed.Count > 0)
            Interlocked.Increment(ref patches);
        var document = ReportFormat.Document(report);
        logs.Keep((string)pod["metadata"]!["name"]!, ReportFormat.Log(document));
        var ended = new JsonObject
        {
            ["terminated"] = new JsonObject
            {
                ["exitCode"] = (int)report.Result,
                ["reason"] = report.Result == AgentResult.Done ? "Completed" : "Error",
                ["message"] = ReportFormat.Summary(report, document),
                ["startedAt"] = Time(startedAt),
                ["finishedAt"] = Time(report.FinishedAt),
            },
        };
        await WriteStatusAsync(pod, report.Result == AgentResult.Done ? "Succeeded" : "Failed", ended, startedAt, cancellationToken);
        if (request.Step == AgentStep.Reboot)
            await RebootAsync(node, cancellationToken);
    }

    private static AgentRequest? Request(JsonObject pod) =>
        pod["spec"]!["containers"]![0]!["env"]?
            .AsArray()
            .FirstOrDefault(variable => (string?)variable!["name"] == AgentRequest.EnvironmentVariable) is { } variable
            ? JsonSerializer.Deserialize((string)variable["value"]!, ContractJson.Default.AgentRequest)
            : null;

    // A reboot is asked for at once, and takes its time afterwards.
    private TimeSpan Duration(AgentStep step) => step switch
    {
        AgentStep.Scan => delays.Scan,
        AgentStep.Patch => delays.Patch,
        AgentStep.Verify => delays.Verify,
        _ => TimeSpan.Zero,
    };

    private async Task RebootAsync(FakeNode node, CancellationToken cancellationToken)
    {
        await SetReadyAsync(node, ready: false, cancellationToken);
        await Task.Delay(delays.Reboot, clock, cancellationToken);
        node.Boots++;
        node.RebootRequired = false;
        await SetReadyAsync(node, ready: true, cancellationToken);
    }

    private async Task SetReadyAsync(FakeNode node, bool ready, CancellationToken cancellationToken)
    {
        (node.Ready, node.ReadySince) = (ready, clock.GetUtcNow().UtcDateTime);
        await WriteNodeAsync(node, cancellationToken);
    }

    private async Task HeartbeatsAsync(TimeSpan interval, CancellationToken cancellationToken)
    {
        // Each has its own time within the interval, as kubelets have.
        using var timer = new PeriodicTimer(interval / nodes.Count, clock);
        for (var next = 0; await timer.WaitForNextTickAsync(cancellationToken); next = (next + 1) % nodes.Count)
        {
            if (nodes[next].Ready)
                Supervise(WriteNodeAsync(nodes[next], cancellationToken));
        }
    }

    private async Task WriteNodeAsync(FakeNode node, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var conditions = new[] { "MemoryPressure", "DiskPressure", "PIDPressure" }
            .Select(type => FleetNodes.Condition(type, "False", node.ReadySince, now))
            .Append(FleetNodes.Condition("Ready", node.Ready ? "True" : "Unknown", node.ReadySince, now));
        var status = new JsonObject
        {
            ["conditions"] = JsonNode.Parse(KubernetesJson.Serialize(conditions.ToList())),
            ["nodeInfo"] = new JsonObject { ["bootID"] = node.BootId },
        };
        await api.PatchAsync($"/api/v1/nodes/{node.Name}/status", new JsonObject { ["status"] = status }, cancellationToken);
    }

    private async Task EndAsync(JsonObject pod, CancellationToken cancellationToken)
    {
        await Task.Delay(delays.Eviction, clock, cancellationToken);
        await api.DeleteAsync($"{PathOf(pod)}?gracePeriodSeconds=0", cancellationToken);
        if ((string)pod["metadata"]!["namespace"]! == Workload.Namespace)
            await workload.ReplaceAsync(nodes, (string)pod["spec"]!["nodeName"]!, cancellationToken);
    }

    private async Task WriteStatusAsync(JsonObject pod, string phase, JsonObject state, DateTimeOffset startedAt, CancellationToken cancellationToken)
    {
        var container = pod["spec"]!["containers"]![0]!;
        var status = new JsonObject
        {
            ["phase"] = phase,
            ["hostIP"] = "127.0.0.1",
            ["startTime"] = Time(startedAt),
            ["containerStatuses"] = new JsonArray(new JsonObject
            {
                ["name"] = container["name"]!.DeepClone(),
                ["image"] = container["image"]!.DeepClone(),
                ["imageID"] = "sha256:0",
                ["ready"] = phase == "Running",
                ["restartCount"] = 0,
                ["state"] = state,
            }),
        };
        await api.PatchAsync($"{PathOf(pod)}/status", new JsonObject { ["status"] = status }, cancellationToken);
    }

    private static string PathOf(JsonObject pod) => $"/api/v1/namespaces/{(string)pod["metadata"]!["namespace"]!}/pods/{(string)pod["metadata"]!["name"]!}";

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
