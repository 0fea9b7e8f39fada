using System.Text.Json;
using System.Text.Json.Nodes;
using k8s.Models;
using PatchOperator.Contract;
using PatchOperator.Jobs;

namespace PatchOperator.Tests.Simulation;

/// <summary>The nodes with their kubelets, and the controller of Jobs.</summary>
internal sealed class SimulatedNodes
{
    private readonly ObjectStore store;
    private readonly Timeline timeline;
    private readonly Chance chance;
    private readonly TimeProvider time;
    private readonly Journal journal;
    private readonly SortedDictionary<string, SimulatedNode> nodes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> logs = [];
    private readonly HashSet<string> lost = [];
    private int pods;

    public SimulatedNodes(ObjectStore store, Timeline timeline, Chance chance, TimeProvider time, Journal journal)
    {
        (this.store, this.timeline, this.chance, this.time, this.journal) = (store, timeline, chance, time, journal);
        store.Changed += Follow;
    }

    public IReadOnlyCollection<SimulatedNode> All => nodes.Values;

    /// <summary>Null when there is none.</summary>
    public SimulatedNode? this[string name] => nodes.GetValueOrDefault(name);

    public SimulatedNode Add(string name)
    {
        var node = nodes[name] = new SimulatedNode(name);
        FillPods(node);
        store.Create(V1Node.KubeKind, new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Node",
            ["metadata"] = new JsonObject { ["name"] = name, ["labels"] = new JsonObject { ["role"] = "worker" } },
            ["spec"] = new JsonObject(),
            ["status"] = Status(node, true),
        });
        return node;
    }

    /// <summary>The node is gone, and what ran on it.</summary>
    public void Delete(SimulatedNode node)
    {
        nodes.Remove(node.Name);
        store.Delete(V1Node.KubeKind, node.Name);
    }

    /// <summary>What an administrator does with kubectl.</summary>
    public void CordonByAdministrator(SimulatedNode node)
    {
        node.AdministratorCordoned = true;
        store.Edit(V1Node.KubeKind, node.Name, json => json["spec"]!["unschedulable"] = true);
    }

    /// <summary>Has a pod go; returns why it may not.</summary>
    public string? Evict(string uid)
    {
        foreach (var node in nodes.Values)
        {
            if (node.Pods.FirstOrDefault(pod => pod.Uid == uid) is not { } pod)
                continue;
            Assert.False(pod.OfDaemonSet, $"{pod.Name} belongs to a DaemonSet and was evicted");
            if (node.Blocked || pod.Blocked)
                return "Cannot evict pod as it would violate the pod's disruption budget.";
            if (pod.EndsBy is not null)
                return null;
            journal.Add($"Pod {pod.Name}", "evicted");
            node.Pods[node.Pods.IndexOf(pod)] = pod with { EndsBy = time.GetUtcNow().UtcDateTime.AddSeconds(30) };
            timeline.After(chance.Seconds(0, 20), () => node.Pods.RemoveAll(other => other.Uid == uid));
            return null;
        }

        return null;
    }

    /// <summary>The log of a pod of a Job; null when it is gone.</summary>
    public string? Log(string pod) => logs.GetValueOrDefault(pod);

    private void Follow(Change change)
    {
        if (change is { Before: null, After: { Kind: V1Job.KubeKind } made })
            timeline.After(chance.Seconds(1, 5), () => Start(made));
        if (change is { Before: { Kind: V1Node.KubeKind }, After: { } after } && (bool?)change.Before.Json["spec"]?["unschedulable"] == true
            && (bool?)after.Json["spec"]?["unschedulable"] != true && this[after.Name] is { } node)
            FillPods(node);
    }

    private void FillPods(SimulatedNode node)
    {
        node.Pods.RemoveAll(pod => pod.EndsBy is null && !pod.OfDaemonSet);
        if (node.Pods.All(pod => !pod.OfDaemonSet))
            node.Pods.Add(new SimulatedPod($"{node.Name}-agent", $"pod-{++pods}") { OfDaemonSet = true });
        for (var number = 1; number <= 2; number++)
            node.Pods.Add(new SimulatedPod($"{node.Name}-web-{number}", $"pod-{++pods}"));
    }

    private bool Exists(StoredObject job) => store.Find(job.Kind, job.Name)?.Uid == job.Uid;

    private void Start(StoredObject job)
    {
        if (!Exists(job) || this[job.Annotation(JobAnnotations.Node)!] is not { } node)
            return;
        if (!node.Up)
        {
            timeline.After(TimeSpan.FromSeconds(5), () => Start(job));
            return;
        }

        var metadata = (JsonObject)job.Json["spec"]!["template"]!["metadata"]!.DeepClone();
        metadata["name"] = $"{job.Name}-pod";
        metadata["labels"]!["job-name"] = job.Name;
        metadata["ownerReferences"] = new JsonArray(new JsonObject { ["apiVersion"] = "batch/v1", ["kind"] = "Job", ["name"] = job.Name, ["uid"] = job.Uid });
        store.Create(V1Pod.KubeKind, new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Pod",
            ["metadata"] = metadata,
            ["spec"] = new JsonObject { ["nodeName"] = node.Name },
            ["status"] = new JsonObject { ["phase"] = "Running" },
        });
        timeline.After(chance.Seconds(2, 60), () => End(job));
    }

    private void End(StoredObject job)
    {
        if (!Exists(job) || this[job.Annotation(JobAnnotations.Node)!] is not { } node)
            return;
        var env = job.Json["spec"]!["template"]!["spec"]!["containers"]![0]!["env"]![0]!["value"];
        var request = JsonSerializer.Deserialize((string)env!, ContractJson.Default.AgentRequest)!;
        var report = SimulatedAgent.Do(request, node, chance);
        var document = ReportFormat.Document(report);
        // A step has three attempts: chance must not take them all.
        var isLost = chance.FaultOneIn(12) && lost.Add($"{node.Name}/{request.Step}");
        if (!chance.FaultOneIn(20))
            logs[$"{job.Name}-pod"] = $"{ReportFormat.BeginMarker}\n{document}\n{ReportFormat.EndMarker}\n";
        if (isLost)
            store.Delete(V1Pod.KubeKind, $"{job.Name}-pod");
        else
            store.Edit(V1Pod.KubeKind, $"{job.Name}-pod", json => json["status"] = new JsonObject
            {
                ["phase"] = "Succeeded",
                ["containerStatuses"] = new JsonArray(new JsonObject
                {
                    ["name"] = "agent",
                    ["state"] = new JsonObject { ["terminated"] = new JsonObject { ["exitCode"] = (int)report.Result, ["message"] = ReportFormat.Summary(report, document) } },
                }),
            });
        store.Edit(job.Kind, job.Name, json => json["status"] = new JsonObject
        {
            ["conditions"] = new JsonArray(new JsonObject { ["type"] = isLost || report.Result != AgentResult.Done ? "Failed" : "Complete", ["status"] = "True" }),
        });
        if (request.Step == AgentStep.Reboot)
            timeline.After(chance.Seconds(1, 3), () => GoDown(node));
    }

    private void GoDown(SimulatedNode node)
    {
        if (this[node.Name] != node || !node.Up)
            return;
        node.Up = false;
        // Some boot so fast that nobody sees them away.
        if (node.NeverComesBack || chance.Below(3) > 0 || chance.IsCalm)
            Tell(node, ready: false);
        if (!node.NeverComesBack)
            timeline.After(chance.Seconds(10, 120), () => ComeBack(node));
    }

    private void ComeBack(SimulatedNode node)
    {
        (node.Up, node.RebootDue) = (true, false);
        node.Boots++;
        Tell(node, ready: true);
    }

    private void Tell(SimulatedNode node, bool ready) => store.Edit(V1Node.KubeKind, node.Name, json => json["status"] = Status(node, ready));

    private JsonObject Status(SimulatedNode node, bool ready) => new()
    {
        ["nodeInfo"] = new JsonObject { ["bootID"] = $"{node.Name}-boot-{node.Boots}" },
        ["conditions"] = new JsonArray(new JsonObject
        {
            ["type"] = "Ready",
            ["status"] = ready ? "True" : "False",
            ["lastTransitionTime"] = time.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture),
        }),
    };
}
