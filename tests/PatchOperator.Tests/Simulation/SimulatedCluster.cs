using k8s.Models;
using Microsoft.Extensions.Time.Testing;
using PatchOperator.Api;
using PatchOperator.Engine.Calendars;
using PatchOperator.Engine.Compliances;

namespace PatchOperator.Tests.Simulation;

/// <summary>A cluster in memory, in virtual time, with the real operator in it.</summary>
internal sealed class SimulatedCluster : IDisposable
{
    private static readonly PatchWindowSpec Nightly = new() { Schedules = [new WindowSchedule { Cron = "0 12 * * *" }], Duration = "2h", Cutoff = "30m" };

    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 11, 20, 11, 50, 0, TimeSpan.Zero));
    private readonly Timeline timeline;
    private readonly Invariants invariants;
    private readonly OperatorOptions options;
    private readonly List<Replica> replicas = [];
    private int depth;

    public SimulatedCluster(int? seed, int nodes, Func<PatchPolicySpec, PatchPolicySpec> policy, int maxScans = 25)
    {
        Chance = new Chance(seed);
        (Journal, timeline, Store) = (new Journal(time), new Timeline(time), new ObjectStore(time));
        Nodes = new SimulatedNodes(Store, timeline, Chance, time, Journal);
        invariants = new Invariants(Store, Nodes, WindowCalendar.TryCreate(Nightly, out _)!, time, maxScans);
        Api = new SimulatedApi(Store, Nodes, Journal);
        options = new OperatorOptions { JobNamespace = "patch-operator-jobs", AgentImage = "agent", ToolsImage = "tools", MaxScans = maxScans };
        Store.Changed += Write;
        Store.Create(new PatchWindow { Metadata = new V1ObjectMeta { Name = "nightly" }, Spec = Nightly });
        Store.Create(new PatchPolicy
        {
            Metadata = new V1ObjectMeta { Name = "workers" },
            Spec = policy(new PatchPolicySpec { NodeSelector = new V1LabelSelector(), Windows = ["nightly"] }),
        });
        foreach (var number in Enumerable.Range(1, nodes))
            Nodes.Add($"node-{number}");
        Start();
    }

    public Chance Chance { get; }

    public ObjectStore Store { get; }

    public SimulatedNodes Nodes { get; }

    public SimulatedApi Api { get; }

    public Journal Journal { get; }

    public DateTimeOffset Now => time.GetUtcNow();

    public IReadOnlyList<PatchRun> Runs => [.. Store.All<PatchRun>()];

    /// <summary>What is written of a node; null when there is nothing.</summary>
    public NodePatch? Patch(SimulatedNode node) => Store.Find<NodePatch>(node.Name);

    public bool IsCordoned(SimulatedNode node) => Store.Find<PatchOperator.Resources.NodeResource>(node.Name)!.Spec?.Unschedulable == true;

    public bool IsOurCordon(SimulatedNode node) => Store.Find(V1Node.KubeKind, node.Name)!.Annotation(ApiGroup.CordonedByAnnotation) is not null;

    /// <summary>Whether nothing is under way on a node, or is about to be.</summary>
    public bool IsQuiet(SimulatedNode node) =>
        (Patch(node) is not { } patch || !Slots.IsHeld(patch.Spec, patch.Status)) && !(node.Up && IsOurCordon(node))
        && Store.All(V1Job.KubeKind).All(job => job.Label(ApiGroup.NodeLabel) != node.Name || job.Json["status"] is not null);

    /// <summary>Whether a node is patched, given back and known to be.</summary>
    public bool IsSettled(SimulatedNode node) =>
        node is { Patched: true, RebootDue: false, Up: true } && IsQuiet(node) && Patch(node)?.Status.Compliance?.State == ComplianceState.Compliant;

    /// <summary>A replica begins to lead, with a fresh list.</summary>
    public void Start() => replicas.Add(new Replica(Store, Api, Chance, time, options, Meanwhile));

    /// <summary>The replica that has led the longest ends.</summary>
    public void Stop()
    {
        replicas[0].Dispose();
        replicas.RemoveAt(0);
    }

    /// <summary>Lets the cluster live until something is so; fails when it is not within a day and a half.</summary>
    public void Run(Func<bool> until, TimeSpan? within = null)
    {
        var end = Now + (within ?? TimeSpan.FromHours(36));
        for (var step = 0; !until(); step++)
        {
            // Faults must not be so many for so long that a step loses every attempt it has.
            Chance.Faulty &= step < 2_000;
            Step();
            if (invariants.Broken.Count > 0)
                Assert.Fail(string.Join("; ", invariants.Broken));
            if (Now > end)
                Assert.Fail($"it was not so by {Now:O}");
        }
    }

    public void Dispose()
    {
        foreach (var replica in replicas)
            replica.Dispose();
    }

    private void Step()
    {
        for (var index = 0; index < replicas.Count; index++)
        {
            if (!replicas[index].Dead && !Chance.FaultOneIn(400))
                continue;
            Journal.Add("Operator", "restarts");
            replicas[index].Dispose();
            replicas[index] = new Replica(Store, Api, Chance, time, options, Meanwhile);
        }

        if (Chance.OneIn(12))
            Advance(Chance.Seconds(0, 15));
        else if (!Act())
            Advance(Idle());
    }

    // In any order: hears of something, or works on something.
    private bool Act()
    {
        var replica = replicas[Chance.Below(replicas.Count)];
        return Chance.OneIn(3) ? replica.Work() || Others() : replica.Hear() || replica.Work() || Others();
    }

    private bool Others() => replicas.Any(replica => replica.Hear()) || replicas.Any(replica => replica.Work());

    private void Meanwhile(Replica calling)
    {
        if (depth >= 3 || !Chance.OneIn(5))
            return;
        depth++;
        Act();
        depth--;
    }

    private TimeSpan Idle()
    {
        var next = replicas.Select(replica => replica.Next).Append(timeline.Next).Min() ?? Now.AddMinutes(1);
        return next > Now ? next - Now : TimeSpan.FromMilliseconds(1);
    }

    private void Advance(TimeSpan by)
    {
        var end = Now + by;
        while (timeline.Next is { } next && next <= end)
        {
            if (next > Now)
                time.SetUtcNow(next);
            timeline.CatchUp();
        }

        if (end > Now)
            time.SetUtcNow(end);
    }

    private static bool Cordoned(StoredObject node) => node.Json["spec"]!["unschedulable"] is not null;

    // What a person would follow, of each change.
    private void Write(Change change)
    {
        var about = $"{change.Object.Kind} {change.Object.Name}";
        switch (change)
        {
            case { Before: null, After: { Kind: V1Job.KubeKind } job }:
                Journal.Add($"Node {job.Label(ApiGroup.NodeLabel)}", $"Job {job.Label(ApiGroup.StepLabel)} made: {job.Name}");
                break;
            case { Before: { Kind: V1Job.KubeKind } job }:
                Journal.Add($"Node {job.Label(ApiGroup.NodeLabel)}", $"Job {job.Label(ApiGroup.StepLabel)} {(change.After is null ? "deleted" : "ended")}: {job.Name}");
                break;
            case { Object.Kind: V1Pod.KubeKind }:
                break;
            case { Before: null }:
                Journal.Add(about, "made");
                break;
            case { After: null }:
                Journal.Add(about, "gone");
                break;
            case { Before: { Kind: V1Node.KubeKind } before, After: { Kind: V1Node.KubeKind } after } when Cordoned(before) != Cordoned(after):
                Journal.Add(about, Cordoned(after) ? "cordoned" : "uncordoned");
                break;
            case { Before: { Kind: V1Node.KubeKind }, After: { } after }:
                Journal.Add(about, after.As<PatchOperator.Resources.NodeResource>().Status!.Conditions![0].Status == "True" ? $"Ready, {after.Json["status"]!["nodeInfo"]!["bootID"]}" : "not Ready");
                break;
            case { Before: { Kind: NodePatch.KindName } before, After: { } after }:
                var (was, now) = (before.As<NodePatch>(), after.As<NodePatch>());
                if (was.Spec.Operation?.RunUid != now.Spec.Operation?.RunUid)
                    Journal.Add(about, now.Spec.Operation is { } operation ? $"admitted by {operation.Run}" : "taken back");
                if (was.Status.Phase != now.Status.Phase)
                    Journal.Add(about, $"{was.Status.Phase} -> {now.Status.Phase}");
                break;
            case { Before: { Kind: PatchRun.KindName } before, After: { } after } when before.As<PatchRun>().Status.Phase != after.As<PatchRun>().Status.Phase:
                Journal.Add(about, $"{after.As<PatchRun>().Status.Phase}");
                break;
        }
    }
}
