using BenchmarkDotNet.Attributes;
using k8s;
using k8s.Models;
using PatchOperator.Api;
using PatchOperator.Engine.Calendars;
using PatchOperator.Engine.Decisions;
using PatchOperator.Engine.Effects;
using PatchOperator.Engine.Images;
using PatchOperator.Engine.Policies;
using PatchOperator.Engine.Runs;
using PatchOperator.Engine.World;

namespace PatchOperator.Benchmarks;

/// <summary>One decision of each kind over a large fleet; the floor is to write its node counts out as JSON.</summary>
[MemoryDiagnoser]
public class DecisionBenchmarks
{
    private const int Policies = 50;
    private const int PendingPackages = 100;
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    private readonly PolicyDecider policyDecider = new(new ScanBudget(25));
    private readonly RunDecider runDecider = new("100%");
    private readonly BaselineDecider baselineDecider = new();
    private Snapshot planning = Snapshot.Empty;
    private Snapshot underWay = Snapshot.Empty;
    private string runName = "";

    [Params(100, 1_000, 5_000, 10_000)]
    public int Nodes { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        planning = Snapshot.Empty
            .WithWindow("nightly", new PatchWindow
            {
                Metadata = new V1ObjectMeta { Name = "nightly", Uid = "nightly", Generation = 1 },
                Spec = new PatchWindowSpec { Schedules = [new WindowSchedule { Cron = "0 11 * * *" }], Duration = "4h", TimeZone = "Europe/Berlin" },
            })
            .WithBaseline("golden", Baseline());
        // The first has the whole fleet; the others select a share each, and lose it to the first.
        for (var number = 0; number < Policies; number++)
            planning = planning.WithPolicy($"policy-{number}", Policy(number));
        for (var number = 0; number < Nodes; number++)
            planning = planning.WithNode($"node-{number}", Node(number)).WithNodePatch($"node-{number}", Patch(number));
        var decision = Plan();
        var (plan, run) = (decision.Effects.OfType<CreatePlan>().Single(), decision.Effects.OfType<CreateRun>().Single());
        underWay = planning
            .WithPlan(plan.Name, new PatchPlan { Metadata = new V1ObjectMeta { Name = plan.Name, Uid = "plan" }, Spec = plan.Plan })
            .WithRun(run.Name, new PatchRun { Metadata = new V1ObjectMeta { Name = run.Name, Uid = "run", Generation = 1 }, Spec = run.Run });
        runName = run.Name;
    }

    [Benchmark(Baseline = true, Description = "floor: the nodes as JSON")]
    public string Floor() => KubernetesJson.Serialize(planning.Fleet.All.Select(view => view.Node.Name).ToList());

    [Benchmark(Description = "every node joined anew, with 50 policies")]
    public Engine.World.Fleet Join() =>
        Engine.World.Fleet.Of(planning.Policies.All.Select(entry => entry.Terms), planning.Nodes, node => planning.NodePatches[node.Name]);

    [Benchmark(Description = "one node has changed: joined, assessed, its policy decided")]
    public Decision<PatchPolicyStatus> Change() => Decide(underWay.WithNodePatch("node-0", Patch(0)));

    [Benchmark(Description = "a policy that makes a plan")]
    public Decision<PatchPolicyStatus> Plan() => Decide(planning);

    [Benchmark(Description = "a policy whose run is under way")]
    public Decision<PatchPolicyStatus> UnderWay() => Decide(underWay);

    [Benchmark(Description = "a run: admission and status")]
    public Decision<PatchRunStatus> Admit() => runDecider.Decide(underWay.Runs[runName]!, underWay, Answers.None, Now);

    [Benchmark(Description = "an image baseline: triggers, and which of ten images each node came from")]
    public Decision<ImageBaselineStatus> Image() => baselineDecider.Decide(underWay.Baselines["golden"]!.Baseline, underWay, Answers.None, Now);

    [Benchmark(Description = "a window: open now, and next")]
    public WindowState Window() => planning.Windows["nightly"]!.Calendar!.At(Now);

    private Decision<PatchPolicyStatus> Decide(Snapshot snapshot) => policyDecider.Decide(snapshot.Policies["policy-0"]!.Policy, snapshot, Answers.None, Now);

    private static PatchPolicy Policy(int number) => new()
    {
        Metadata = new V1ObjectMeta
        {
            Name = $"policy-{number}",
            Uid = $"policy-{number}",
            Generation = 1,
            CreationTimestamp = Now.UtcDateTime.AddMinutes(number),
        },
        Spec = new PatchPolicySpec
        {
            NodeSelector = number == 0
                ? new V1LabelSelector()
                : new V1LabelSelector { MatchLabels = new Dictionary<string, string> { ["pool"] = $"{number}" } },
            Windows = ["nightly"],
            Updates = new UpdateSettings { Exclude = ["linux-*", "*-dbg", "kubelet", "containerd*"] },
        },
    };

    private static ImageBaseline Baseline()
    {
        var history = Enumerable
            .Range(0, 10)
            .Select(
                number => new ImageRecord { Digest = Digest(number), Version = $"20261120-{number}", State = number == 0 ? ImageState.Active : ImageState.Deprecated })
            .ToList();
        return new ImageBaseline
        {
            Metadata = new V1ObjectMeta { Name = "golden", Uid = "golden", Generation = 1 },
            Spec = new ImageBaselineSpec
            {
                Nodes = new ImageNodes { Selector = new V1LabelSelector(), IdentifyBy = new ImageIdentity { Annotation = "image" } },
            },
            Status = new ImageBaselineStatus
            {
                History = history,
                Current = new BuiltImage { Digest = history[0].Digest, Version = history[0].Version, BuiltAt = Now },
            },
        };
    }

    private static string Digest(int number) => $"sha256:{number:x64}";

    private static NodeFacts Node(int number) => new()
    {
        Name = $"node-{number}",
        Uid = $"uid-{number}",
        Ready = true,
        BootId = "boot",
        Labels = new Dictionary<string, string> { ["pool"] = $"{number % Policies}", ["zone"] = "a" },
        Annotations = new Dictionary<string, string> { ["image"] = Digest(number % 12) },
    };

    private static NodePatch Patch(int number) => new()
    {
        Metadata = new V1ObjectMeta
        {
            Name = $"node-{number}",
            Uid = $"patch-{number}",
            OwnerReferences = [new V1OwnerReference { ApiVersion = "v1", Kind = "Node", Name = $"node-{number}", Uid = $"uid-{number}" }],
        },
        Spec = new NodePatchSpec { NodeName = $"node-{number}" },
        Status = new NodePatchStatus
        {
            LastScan = new NodeScan { Time = Now.AddHours(-1) },
            Node = new NodeIdentity { OsFamily = "debian-12", Architecture = "amd64", BootId = "boot" },
            RebootRequired = new RebootRequired { Status = "False" },
            Pending = [.. Enumerable.Range(0, PendingPackages).Select(package => Package(package))],
        },
    };

    private static PendingPackage Package(int number) =>
        new() { Name = $"package-{number}", Installed = "1", Candidate = "2", Security = true, FirstSeen = Now };
}
