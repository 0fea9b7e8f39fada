using System.Runtime.CompilerServices;
using PatchOperator.Api;

namespace PatchOperator.Tests.Simulation;

/// <summary>A story, told again and again with other chances; a seed that fails can be run again by itself.</summary>
internal static class Scenarios
{
    // Seeds of all stories together, in this process.
    private static int played;

    /// <summary>Whether a node's turn is under way.</summary>
    public static bool InFlight(SimulatedCluster cluster, SimulatedNode node) => cluster.Patch(node) is { Status.Phase: not NodePhase.Idle };

    /// <summary>Whether a node's turn is over, and went well.</summary>
    public static bool HasSucceeded(SimulatedCluster cluster, SimulatedNode node) => cluster.Patch(node) is { Status.LastOperation.Result: OperationResult.Succeeded };

    /// <summary>Lives on until every node is patched and given back, and every run is over and went well, or gave way to another.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="meanwhile">What people do meanwhile.</param>
    public static void Settles(SimulatedCluster cluster, Action? meanwhile = null)
    {
        cluster.Run(() =>
        {
            meanwhile?.Invoke();
            return cluster.Nodes.All.All(cluster.IsSettled) && cluster.Runs.All(run => run.Status.Phase is RunPhase.Succeeded or RunPhase.Superseded);
        });
        Assert.All(cluster.Nodes.All, node => Assert.False(cluster.IsCordoned(node), $"{node.Name} is left cordoned"));
    }

    /// <summary>A person lets every run go on that has halted.</summary>
    public static void ResumeAll(SimulatedCluster cluster)
    {
        foreach (var run in cluster.Runs.Where(run => run.Status.Phase == RunPhase.Halted && run.Metadata.Annotations?.ContainsKey(ApiGroup.ResumeAnnotation) != true))
            cluster.Resume(run);
    }

    /// <summary>Where one fails, the journal of the first is in out/journals.</summary>
    public static void ForEachSeed(
        Action<SimulatedCluster, Random> scenario, Func<PatchPolicySpec, PatchPolicySpec>? change = null, int seeds = 18, int? nodes = null, PatchWindowSpec? window = null,
        IReadOnlyList<string>? zones = null, string budget = "100%", [CallerMemberName] string story = "")
    {
        var failed = new List<string>();
        foreach (var seed in Seeds(seeds))
        {
            var (random, order) = (new Random(seed), Interlocked.Increment(ref played));
            var spec = new PolicyRollout { MaxUnavailable = random.Next(1, 3), MinReadySeconds = 5 };
            var drain = new DrainSettings { Mode = (DrainMode)random.Next(3) };
            using var cluster = new SimulatedCluster(
                seed, nodes ?? random.Next(2, 6), policy => (change ?? (same => same))(policy with { Rollout = spec, Drain = drain }), window: window, zones: zones, budget: budget);
            try
            {
                scenario(cluster, random);
            }
            catch (Exception exception)
            {
                failed.Add($"seed {seed}, number {order} of all: {(exception is Xunit.Sdk.XunitException ? exception.Message : exception)}");
                if (failed.Count > 1)
                    continue;
                var journal = Repository.PathOf($"out/journals/{story}.txt");
                Directory.CreateDirectory(Path.GetDirectoryName(journal)!);
                File.WriteAllLines(journal, cluster.Journal.Lines);
                failed.AddRange(cluster.Journal.Lines.TakeLast(40));
            }
        }

        Assert.True(failed.Count == 0, string.Join('\n', failed));
    }

    // make simulate: so many of each story from the first on, or the one that has failed.
    private static IEnumerable<int> Seeds(int usual) =>
        Number("SEED") is { } one ? [one] : Enumerable.Range(Number("FIRST") ?? 0, Number("SEEDS") ?? usual);

    private static int? Number(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? int.Parse(text, System.Globalization.CultureInfo.InvariantCulture) : null;
}
