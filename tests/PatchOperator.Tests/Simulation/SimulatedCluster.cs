using System.Text.Json.Nodes;
using k8s.Models;
using Microsoft.Extensions.Time.Testing;
using PatchOperator.Api;
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

    public SimulatedCluster(
        int? seed, int nodes, Func<PatchPolicySpec, PatchPolicySpec> policy, int maxScans = 25, PatchWindowSpec? window = null, IReadOnlyList<string>? zones = null, string budget = "100%")
    {
        window ??= Nightly;
        Chance = new Chance(seed);
        (Journal, timeline, Store) = (new Journal(time), new Timeline(time), new ObjectStore(time));
        Nodes = new SimulatedNodes(Store, timeline, Chance, time, Journal);
        Builds = new SimulatedBuilds(Store, Nodes.Jobs, timeline, Chance, Journal);
        Health = new SimulatedHealth(Journal, time);
        Hooks = new SimulatedHooks(Store, Nodes.Jobs, timeline, Chance);
        Api = new SimulatedApi(Store, Nodes, Journal);
        options = new OperatorOptions { JobNamespace = "patch-operator-jobs", AgentImage = "agent", ToolsImage = "tools", MaxScans = maxScans, MaxUnavailable = budget };
        invariants = new Invariants(Store, Nodes, Builds.Registry, Health, Hooks, time, options);
        Store.Changed += Journal.Follow;
        Store.Create(new PatchWindow { Metadata = new V1ObjectMeta { Name = "nightly" }, Spec = window });
        Store.Create(new PatchPolicy
        {
            Metadata = new V1ObjectMeta { Name = "workers" },
            Spec = policy(new PatchPolicySpec { NodeSelector = new V1LabelSelector(), Windows = ["nightly"] }),
        });
        foreach (var number in Enumerable.Range(1, nodes))
            Nodes.Add($"node-{number}", zones?[(number - 1) % zones.Count]);
        Start();
    }

    public Chance Chance { get; }

    public ObjectStore Store { get; }

    public SimulatedNodes Nodes { get; }

    public SimulatedJobs Jobs => Nodes.Jobs;

    public SimulatedBuilds Builds { get; }

    public SimulatedHealth Health { get; }

    public SimulatedHooks Hooks { get; }

    public SimulatedApi Api { get; }

    public Journal Journal { get; }

    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>The only one.</summary>
    public ImageBaseline Baseline => Store.All<ImageBaseline>().Single();

    public IReadOnlyList<PatchRun> Runs => [.. Store.All<PatchRun>()];

    /// <summary>What is written of a node; null when there is nothing.</summary>
    public NodePatch? Patch(SimulatedNode node) => Store.Find<NodePatch>(node.Name);

    public bool IsCordoned(SimulatedNode node) => Store.Find<PatchOperator.Resources.NodeResource>(node.Name)!.Spec?.Unschedulable == true;

    /// <summary>Whether a node is tainted as one that comes next.</summary>
    public bool IsTainted(SimulatedNode node) =>
        Store.Find<PatchOperator.Resources.NodeResource>(node.Name)!.Spec?.Taints?.Any(taint => taint.Key == ApiGroup.PatchingTaint) == true;

    /// <summary>The value of its taint of nodes that are not known to be patched, empty where it has none; null when it is not tainted so.</summary>
    public string? QuarantinedBy(SimulatedNode node) =>
        Store.Find<PatchOperator.Resources.NodeResource>(node.Name)!.Spec?.Taints?.FirstOrDefault(taint => taint.Key == ApiGroup.UnpatchedTaint) is { } taint ? taint.Value ?? "" : null;

    public bool IsOurCordon(SimulatedNode node) => Store.Find(V1Node.KubeKind, node.Name)!.Annotation(ApiGroup.CordonedByAnnotation) is not null;

    /// <summary>Whether no run has a node, and none has left anything on it.</summary>
    public bool IsGivenBack(SimulatedNode node) =>
        (Patch(node) is not { } patch || !Slots.IsHeld(patch.Spec, patch.Status)) && !(node.Up && (IsOurCordon(node) || IsTainted(node)));

    /// <summary>Whether nothing is under way on a node, or is about to be; not even a scan.</summary>
    public bool IsQuiet(SimulatedNode node) =>
        IsGivenBack(node) && Store.All(V1Job.KubeKind).All(job => job.Label(ApiGroup.NodeLabel) != node.Name || job.Json["status"]?["conditions"] is not null);

    /// <summary>Whether a node is patched, given back and known to be.</summary>
    public bool IsSettled(SimulatedNode node) =>
        node is { Patched: true, RebootDue: false, Up: true } && IsQuiet(node) && Patch(node)?.Status.Compliance?.State == ComplianceState.Compliant
        && QuarantinedBy(node) is null;

    /// <summary>A person writes a window that closes those of every policy.</summary>
    public void Freeze(string name, string at, string lasts) => Store.Create(new PatchWindow
    {
        Metadata = new V1ObjectMeta { Name = name },
        Spec = new PatchWindowSpec { Effect = WindowEffect.Blackout, Schedules = [new WindowSchedule { At = at }], Duration = lasts },
    });

    /// <summary>A person makes a run for a policy, which has no plan yet.</summary>
    public void Create(string name, PatchRunSpec spec)
    {
        var run = ObjectStore.Parse(new PatchRun { Metadata = new V1ObjectMeta { Name = name }, Spec = spec });
        run.Remove("status");
        Store.Create(PatchRun.KindName, run);
    }

    /// <summary>What a person says to a run.</summary>
    public void Say(PatchRun run, Action<JsonObject> what) =>
        Store.Edit(PatchRun.KindName, run.Metadata.Name, json => what((JsonObject)json["spec"]!));

    /// <summary>A person lets a run that has halted go on.</summary>
    public void Resume(PatchRun run) =>
        Store.Edit(PatchRun.KindName, run.Metadata.Name, json => json["metadata"]!["annotations"] = new JsonObject { [ApiGroup.ResumeAnnotation] = "true" });

    /// <summary>A person approves a plan, or a wave of it, in a run that need not be the plan's.</summary>
    public void Approve(PatchRun run, string digest, string by, string? wave = null) => Say(
        run,
        spec =>
        {
            var approval = new JsonObject { ["digest"] = digest, ["by"] = by };
            if (wave is not null)
                approval["wave"] = wave;
            ((JsonArray)spec["approvals"]!).Add(approval);
        });

    /// <summary>A replica begins to lead, with a fresh list.</summary>
    public void Start()
    {
        Journal.Add("Operator", "leads");
        replicas.Add(new Replica(Store, Api, Builds.Registry, Health, Chance, time, options, Meanwhile));
    }

    /// <summary>The replica that has led the longest ends.</summary>
    public void Stop()
    {
        Journal.Add("Operator", "ends");
        replicas[0].Dispose();
        replicas.RemoveAt(0);
    }

    /// <summary>Lets time pass while no replica works.</summary>
    public void Pass(TimeSpan by) => Advance(by);

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
            replicas[index] = new Replica(Store, Api, Builds.Registry, Health, Chance, time, options, Meanwhile);
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
}
