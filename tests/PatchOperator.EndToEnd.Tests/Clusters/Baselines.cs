using System.Text.Json.Nodes;
using PatchOperator.EndToEnd.Tests.Objects;

namespace PatchOperator.EndToEnd.Tests.Clusters;

/// <summary>What people do with an ImageBaseline.</summary>
internal sealed class Baselines(Kubectl kubectl, Waiting eventually)
{
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public Task<JsonNode> GetAsync(string name) => kubectl.GetAsync("imagebaseline", name);

    public async Task<JsonNode> UntilAsync(string name, string what, Func<JsonNode, bool> condition)
    {
        JsonNode? baseline = null;
        await eventually.TrueAsync($"{name}: {what}", async () => condition(baseline = await GetAsync(name)), Patience);
        return baseline!;
    }

    /// <summary>Waits until this many builds are over and nothing is under way.</summary>
    public Task<JsonNode> BuiltAsync(string name, int builds) => UntilAsync(name, $"build {builds} is over", baseline =>
        baseline.At("status.job") is null
        && baseline.Number("status.lastBuild.number") >= builds
        && baseline.Text("status.observedGeneration") == baseline.Text("metadata.generation"));

    /// <summary>Waits until the newest build has become the current image.</summary>
    public async Task<JsonNode> PromotedAsync(string name, int builds)
    {
        await BuiltAsync(name, builds);
        return await UntilAsync(name, "its newest image is the current one", baseline =>
            baseline.Is("Promoted") && baseline.Text("status.current.digest") == baseline.Text("status.lastBuild.digest"));
    }

    public Task RebuildAsync(string name) => kubectl.RunAsync("annotate", "imagebaseline", name, "patchoperator.io/rebuild=now");

    public Task PromoteAsync(string name, string digest) => kubectl.RunAsync("annotate", "imagebaseline", name, $"patchoperator.io/promote={digest}");

    /// <summary>A node that was made from an image says so.</summary>
    public Task MarkAsync(string node, string digest) => kubectl.RunAsync("annotate", "--overwrite", "node", node, $"{Baseline.NodeAnnotation}={digest}");
}
