using BenchmarkDotNet.Attributes;
using k8s;
using k8s.Models;
using PatchOperator.Api;
using PatchOperator.Engine.Facts;
using PatchOperator.Engine.Images;
using PatchOperator.Engine.Policies;
using PatchOperator.Engine.Runs;
using PatchOperator.Engine.Selection;
using PatchOperator.Engine.Windows;

namespace PatchOperator.Benchmarks;

/// <summary>One decision of each kind over a large fleet; the floor is to write its node counts out as JSON.</summary>
[MemoryDiagnoser]
public class DecisionBenchmarks
{
    private const int Policies = 50;
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    private List<NodeView> views = [];
    private List<PatchPolicy> policies = [];
    private WindowCalendar calendar = null!;
    private PolicyInput policyInput = null!;
    private RunInput runInput = null!;
    private BaselineInput baselineInput = null!;

    [Params(5000)]
    public int Nodes { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        calendar = WindowCalendar.TryCreate(
            new PatchWindowSpec { Schedules = [new WindowSchedule { Cron = "0 11 * * *" }], Duration = "4h", TimeZone = "Europe/Berlin" }, out _)!;
        policies = [.. Enumerable.Range(0, Policies).Select(Policy)];
        views = [.. Enumerable.Range(0, Nodes).Select(View)];
        var windows = new[] { new NamedWindow("nightly", calendar.At(Now)) };
        policyInput = new PolicyInput { Policy = policies[0], Errors = [], Nodes = views, Windows = windows, Now = Now };
        var plan = RunPlan.Next(policyInput).Run ?? throw new InvalidOperationException("there is nothing to plan");
        runInput = new RunInput
        {
            Run = new PatchRun { Metadata = new V1ObjectMeta { Name = plan.Name, Uid = "run" }, Spec = plan.Spec },
            Policy = policies[0],
            Nodes = views.ToDictionary(view => view.Node.Name),
            Members = views,
            Windows = windows,
            Fleet = new FleetBudget(0, Nodes),
            Now = Now,
        };
        baselineInput = new BaselineInput { Baseline = Baseline(), Nodes = [.. views.Select(view => view.Node)], Now = Now };
    }

    [Benchmark(Baseline = true, Description = "floor: the nodes as JSON")]
    public string Floor() => KubernetesJson.Serialize(views.Select(view => view.Node.Name).ToList());

    [Benchmark(Description = "which of 50 policies each node belongs to")]
    public Claims Claim() => Claims.Of(policies, views.Select(view => view.Node));

    [Benchmark(Description = "a policy: compliance, plan, status")]
    public PolicyDecision Decide() => PolicyDecisions.Decide(policyInput);

    [Benchmark(Description = "a run: admission and status")]
    public RunDecision Admit() => RunDecisions.Decide(runInput);

    [Benchmark(Description = "an image baseline: triggers, and which of ten images each node came from")]
    public BaselineDecision Image() => BaselineDecisions.Decide(baselineInput);

    [Benchmark(Description = "a window: open now, and next")]
    public WindowState Window() => calendar.At(Now);

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
            NodeSelector = new V1LabelSelector { MatchLabels = new Dictionary<string, string> { ["pool"] = $"{number}" } },
            Windows = ["nightly"],
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

    private static NodeView View(int number) => new(
        new NodeFacts
        {
            Name = $"node-{number}",
            Uid = $"uid-{number}",
            Ready = true,
            Labels = new Dictionary<string, string> { ["pool"] = $"{number % Policies}", ["zone"] = "a" },
            Annotations = new Dictionary<string, string> { ["image"] = Digest(number % 12) },
        },
        new NodePatchSpec { NodeName = $"node-{number}" },
        new NodePatchStatus
        {
            LastScan = new NodeScan { Time = Now.AddHours(-1) },
            Node = new NodeIdentity { OsFamily = "debian-12" },
            RebootRequired = new RebootRequired { Status = "False" },
            Pending =
            [
                .. Enumerable
                    .Range(0, 20)
                    .Select(package => new PendingPackage { Name = $"package-{package}", Installed = "1", Candidate = "2", Security = true, FirstSeen = Now }),
            ],
        });
}
