using System.Diagnostics.Metrics;
using BenchmarkDotNet.Attributes;
using k8s.Models;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using PatchOperator.Api;
using PatchOperator.Caches;
using PatchOperator.Metrics;
using PatchOperator.Queues;
using PatchOperator.Resources;

namespace PatchOperator.Benchmarks;

/// <summary>One scrape of a large cluster that has run for a year; the floor is to copy the page.</summary>
[MemoryDiagnoser]
public class ScrapeBenchmarks
{
    private const int Policies = 50;
    private const int RunsOfPolicy = 365;
    private const int PendingPackages = 20;
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
    private static readonly List<Condition> Conditions =
    [
        .. new[] { "Ready", "Reconciling", "Stalled", "Compliant" }.Select(type => new Condition { Type = type, Status = "True" }),
    ];

    private StateMetrics state = null!;
    private string page = "";

    [Params(10_000)]
    public int Nodes { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        var world = new ClusterWorld(NullLogger<ClusterWorld>.Instance);
        for (var number = 0; number < Policies; number++)
            Observe(world, number);
        for (var number = 0; number < Nodes; number++)
        {
            world.Observe(new NodeResource { Metadata = Metadata($"node-{number}", $"{number % Policies}") });
            world.Observe(NodePatch(number));
        }

        var meters = new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>();
        var queue = new WorkQueue(TimeProvider.System);
        state = new StateMetrics(world, queue, new OutcomeMetrics(meters, world), () => true);
        page = Scrape();
        Console.WriteLine($"// the page: {page.Length} bytes, {page.Split('\n').Count(line => line.Length > 0 && line[0] != '#')} series");
    }

    [Benchmark(Baseline = true, Description = "floor: the page copied")]
    public char[] Floor() => page.ToCharArray();

    [Benchmark(Description = "what names objects, read and written as text")]
    public string Scrape() => PrometheusText.Write(state.All);

    private static void Observe(ClusterWorld world, int number)
    {
        world.Observe(new PatchPolicy
        {
            Metadata = Metadata($"policy-{number}"),
            Spec = new PatchPolicySpec
            {
                NodeSelector = new V1LabelSelector { MatchLabels = new Dictionary<string, string> { ["pool"] = $"{number}" } },
                Updates = new UpdateSettings { Exclude = ["linux-*"] },
            },
            Status = new PatchPolicyStatus
            {
                Conditions = Conditions,
                Nodes = new NodeCounts(),
                Updates = new UpdateCounts { OldestFirstSeen = Now },
                LastRun = new LastRun { FinishedAt = Now },
            },
        });
        for (var run = 0; run < RunsOfPolicy; run++)
        {
            world.Observe(new PatchRun
            {
                Metadata = Metadata($"policy-{number}-{run}"),
                Spec = new PatchRunSpec { Policy = new PolicyReference { Name = $"policy-{number}", Uid = $"policy-{number}" } },
                Status = new PatchRunStatus { Phase = run == 0 ? RunPhase.Running : RunPhase.Succeeded, StartedAt = Now, Progress = new RunProgress() },
            });
        }

        world.Observe(
            new PatchWindow { Metadata = Metadata($"window-{number}"), Spec = new PatchWindowSpec { TimeZone = "Europe/Berlin" }, Status = new PatchWindowStatus { Conditions = Conditions } });
        world.Observe(new ImageBaseline
        {
            Metadata = Metadata($"baseline-{number}"),
            Status = new ImageBaselineStatus
            {
                Conditions = Conditions,
                Current = new BuiltImage { BuiltAt = Now, Pending = new PendingCount() },
                Nodes = new ImageNodeCounts(),
            },
        });
    }

    private static NodePatch NodePatch(int number) => new()
    {
        Metadata = OwnedBy($"node-{number}"),
        Status = new NodePatchStatus
        {
            Pending =
            [
                .. Enumerable
                    .Range(0, PendingPackages)
                    .Select(package => new PendingPackage { Name = $"package-{package}", Installed = "1", Candidate = "2", Security = true, FirstSeen = Now }),
            ],
        },
    };

    private static V1ObjectMeta OwnedBy(string node)
    {
        var metadata = Metadata(node);
        metadata.OwnerReferences = [new V1OwnerReference { ApiVersion = "v1", Kind = "Node", Name = node, Uid = node }];
        return metadata;
    }

    private static V1ObjectMeta Metadata(string name, string? pool = null) => new()
    {
        Name = name,
        Uid = name,
        ResourceVersion = "1",
        CreationTimestamp = Now.UtcDateTime,
        Labels = pool is null ? null : new Dictionary<string, string> { ["pool"] = pool },
    };
}
