using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using k8s.Models;
using PatchOperator.Contract;
using PatchOperator.Jobs;

namespace PatchOperator.Tests.Simulation;

/// <summary>The nodes with their kubelets, and the controller of Jobs.</summary>
internal sealed class SimulatedNodes
{
    /// <summary>The label of a node's zone; there are two.</summary>
    public const string Zone = "topology.kubernetes.io/zone";

    private readonly ObjectStore store;
    private readonly Timeline timeline;
    private readonly Chance chance;
    private readonly TimeProvider time;
    private readonly Journal journal;
    private readonly SortedDictionary<string, SimulatedNode> nodes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> logs = [];
    private readonly HashSet<string> lost = [];
    private readonly Dictionary<string, SimulatedNode> homes = [];
    private int pods;

    public SimulatedNodes(ObjectStore store, Timeline timeline, Chance chance, TimeProvider time, Journal journal)
    {
        (this.store, this.timeline, this.chance, this.time, this.journal) = (store, timeline, chance, time, journal);
        Jobs = new SimulatedJobs(store, timeline, chance);
        store.Changed += Follow;
    }

    /// <summary>Told of each node that a pod is deleted from without eviction.</summary>
    public event Action<SimulatedNode>? PodDeleted;

    /// <summary>What becomes of Jobs, those on nodes and all others.</summary>
    public SimulatedJobs Jobs { get; }

    public IReadOnlyCollection<SimulatedNode> All => nodes.Values;

    /// <summary>What a node says of the boot it is in.</summary>
    public static string BootId(SimulatedNode node) => $"{node.Name}-boot-{node.Boots}";

    /// <summary>Null when there is none.</summary>
    public SimulatedNode? this[string name] => nodes.GetValueOrDefault(name);

    /// <summary>A node joins.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="timeZone">The time zone that it names; null when it names none.</param>
    /// <param name="tainted">Whether its kubelet registers it with the taint of nodes that are not known to be patched.</param>
    public SimulatedNode Add(string name, string? timeZone = null, bool tainted = false)
    {
        var node = nodes[name] = new SimulatedNode(name);
        FillPods(node);
        store.Create(V1Node.KubeKind, new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Node",
            ["metadata"] = new JsonObject
            {
                ["name"] = name,
                ["labels"] = new JsonObject { ["role"] = "worker", [Zone] = $"zone-{nodes.Count % 2}" },
                ["annotations"] = timeZone is null ? null : new JsonObject { [PatchOperator.Api.ApiGroup.TimeZoneAnnotation] = timeZone },
            },
            ["spec"] = tainted
                ? new JsonObject { ["taints"] = new JsonArray(new JsonObject { ["key"] = PatchOperator.Api.ApiGroup.UnpatchedTaint, ["effect"] = "NoSchedule" }) }
                : new JsonObject(),
            ["status"] = Status(node, true),
        });
        return node;
    }

    /// <summary>The node becomes one of the control plane.</summary>
    public void MakeControlPlane(SimulatedNode node) =>
        store.Edit(V1Node.KubeKind, node.Name, json => json["metadata"]!["labels"]!["node-role.kubernetes.io/control-plane"] = "");

    /// <summary>The node is gone, and what ran on it.</summary>
    public void Delete(SimulatedNode node)
    {
        nodes.Remove(node.Name);
        store.Delete(V1Node.KubeKind, node.Name);
    }

    /// <summary>The node boots from a disk that was copied before it was patched.</summary>
    public void Restore(SimulatedNode node)
    {
        (node.Patched, node.FoundPatched) = (false, false);
        journal.Add($"Node {node.Name}", "restored from an old disk");
        Reboot(node);
    }

    /// <summary>The node goes on from a snapshot with its memory, as it was before it was patched: in its first boot.</summary>
    public void RestoreWithMemory(SimulatedNode node)
    {
        (node.Patched, node.FoundPatched, node.RebootDue, node.Boots, node.Up) = (false, false, false, 1, true);
        journal.Add($"Node {node.Name}", "restored with its memory");
        Tell(node, ready: true);
    }

    /// <summary>The machine sleeps.</summary>
    public void Suspend(SimulatedNode node)
    {
        node.Up = false;
        journal.Add($"Node {node.Name}", "suspended");
        Tell(node, ready: false);
    }

    /// <summary>The machine wakes up, in the same boot.</summary>
    public void Resume(SimulatedNode node)
    {
        (node.Up, node.FoundPatched) = (true, false);
        journal.Add($"Node {node.Name}", "resumed");
        Tell(node, ready: true);
    }

    /// <summary>The mirrors of all nodes have a newer version.</summary>
    public void Publish(string version)
    {
        foreach (var node in nodes.Values)
            (node.Candidate, node.Patched) = (version, false);
        journal.Add("Mirror", $"has openssl {version}");
    }

    /// <summary>Somebody reboots it, so fast that nobody sees it away.</summary>
    public void Reboot(SimulatedNode node) => ComeBack(node);

    /// <summary>What an administrator does with kubectl.</summary>
    public void CordonByAdministrator(SimulatedNode node)
    {
        node.AdministratorCordoned = true;
        store.Edit(V1Node.KubeKind, node.Name, json => json["spec"]!["unschedulable"] = true);
    }

    /// <summary>Has a pod go, or refuses as an API server does: two budgets on one pod are a fault of its own, and a dry run changes nothing.</summary>
    public void Evict(string uid, bool dryRun)
    {
        if (homes.GetValueOrDefault(uid) is not { } node || node.Pods.FirstOrDefault(pod => pod.Uid == uid) is not { } pod)
            return;
        Assert.False(pod.OfDaemonSet, $"{pod.Name} belongs to a DaemonSet and was evicted");
        if (pod.Budgets > 1)
            throw ApiAnswer.Refuse(HttpStatusCode.InternalServerError, "This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.");
        if (node.Blocked || pod.Budgets == 1)
            throw ApiAnswer.Refuse(
                HttpStatusCode.TooManyRequests, "Cannot evict pod as it would violate the pod's disruption budget.", "The disruption budget web needs 2 healthy pods and has 2 currently");
        if (pod.EndsBy is null && !dryRun)
            End(node, pod, "evicted");
    }

    /// <summary>Has a pod go, whatever its budgets say; refuses where it is gone, or another has its name.</summary>
    public void DeletePod(string name, string uid)
    {
        var found = nodes.Values.SelectMany(node => node.Pods.Select(pod => (Node: node, Pod: pod))).FirstOrDefault(found => found.Pod.Name == name);
        if (found.Pod is null)
            throw ApiAnswer.Refuse(HttpStatusCode.NotFound, $"pod {name} not found");
        if (found.Pod.Uid != uid)
            throw ApiAnswer.Refuse(HttpStatusCode.Conflict, "the UID in the precondition does not match");
        Assert.False(found.Pod.OfDaemonSet, $"{name} belongs to a DaemonSet and was deleted");
        PodDeleted?.Invoke(found.Node);
        if (found.Pod.EndsBy is null)
            End(found.Node, found.Pod, "deleted past its budgets");
    }

    /// <summary>The log of a pod of a Job; null when it is gone.</summary>
    public string? Log(string pod) => logs.GetValueOrDefault(pod);

    private void End(SimulatedNode node, SimulatedPod pod, string how)
    {
        journal.Add($"Pod {pod.Name}", how);
        node.Pods[node.Pods.IndexOf(pod)] = pod with { EndsBy = time.GetUtcNow().UtcDateTime.AddSeconds(30) };
        if (!node.PodsStay)
            timeline.After(chance.Seconds(0, 20), () => node.Pods.RemoveAll(other => other.Uid == pod.Uid));
    }

    private void Follow(Change change)
    {
        if (change is { Before: null, After: { Kind: V1Job.KubeKind } made } && made.Annotation(JobAnnotations.Node) is not null
            && made.Label(PatchOperator.Api.ApiGroup.HookLabel) is null)
            Jobs.Begin(made, Start);
        if (change is { Before: { Kind: V1Node.KubeKind }, After: { } after } && (bool?)change.Before.Json["spec"]?["unschedulable"] == true
            && (bool?)after.Json["spec"]?["unschedulable"] != true && this[after.Name] is { } node)
            FillPods(node);
    }

    private void FillPods(SimulatedNode node)
    {
        node.Pods.RemoveAll(pod => pod.EndsBy is null && !pod.OfDaemonSet);
        if (node.Pods.All(pod => !pod.OfDaemonSet))
            Add(node, new SimulatedPod($"{node.Name}-agent", $"pod-{++pods}") { OfDaemonSet = true });
        for (var number = 1; number <= 2; number++)
            Add(node, new SimulatedPod($"{node.Name}-web-{number}", $"pod-{++pods}"));
    }

    private void Add(SimulatedNode node, SimulatedPod pod)
    {
        node.Pods.Add(pod);
        homes[pod.Uid] = node;
    }

    private void Start(StoredObject job)
    {
        if (!Jobs.Exists(job) || this[job.Annotation(JobAnnotations.Node)!] is not { } node)
            return;
        if (!node.Up)
        {
            timeline.After(TimeSpan.FromSeconds(5), () => Start(job));
            return;
        }

        Jobs.Start(job, node.Name);
        node.JobPods.Add(SimulatedJobs.Pod(job.Name));
        timeline.After(chance.Seconds(2, 60), () => End(job));
    }

    private void End(StoredObject job)
    {
        if (!Jobs.Exists(job) || this[job.Annotation(JobAnnotations.Node)!] is not { } node)
            return;
        var env = job.Json["spec"]!["template"]!["spec"]!["containers"]![0]!["env"]![0]!["value"];
        var request = JsonSerializer.Deserialize((string)env!, ContractJson.Default.AgentRequest)!;
        var report = SimulatedAgent.Do(request, node, chance);
        var document = ReportFormat.Document(report);
        // A step has three attempts: chance must not take them all.
        var isLost = chance.FaultOneIn(12) && lost.Add($"{node.Name}/{request.Step}");
        if (!chance.FaultOneIn(20))
            logs[SimulatedJobs.Pod(job.Name)] = ReportFormat.Log(document);
        Jobs.End(job, isLost ? null : Status(report, document), succeeded: report.Result == AgentResult.Done);
        if (request.Step == AgentStep.Reboot)
            timeline.After(chance.Seconds(1, 3), () => GoDown(node));
    }

    private static JsonObject Status(AgentReport report, string document) => new()
    {
        ["phase"] = "Succeeded",
        ["containerStatuses"] = new JsonArray(new JsonObject
        {
            ["name"] = "agent",
            ["state"] = new JsonObject { ["terminated"] = new JsonObject { ["exitCode"] = (int)report.Result, ["message"] = ReportFormat.Summary(report, document) } },
        }),
    };

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
        ["nodeInfo"] = new JsonObject { ["bootID"] = BootId(node) },
        ["conditions"] = new JsonArray(new JsonObject
        {
            ["type"] = "Ready",
            ["status"] = ready ? "True" : "False",
            ["lastTransitionTime"] = time.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture),
        }),
    };
}
