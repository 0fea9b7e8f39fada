using System.Text.Json.Nodes;
using PatchOperator.EndToEnd.Tests.Objects;

namespace PatchOperator.EndToEnd.Tests.Clusters;

/// <summary>Three nodes with the operator installed, for all tests of this assembly. README.md tells of the variables.</summary>
public sealed class ClusterFixture : IAsyncLifetime
{
    public const string ImageVariable = "E2E_IMAGE_TAR";
    public const string Namespace = "patch-operator-system";
    public static readonly IReadOnlyList<string> Nodes = ["node-1", "node-2", "node-3"];

    private const string KeepVariable = "E2E_KEEP";
    private Kubectl? kubectl;

    public NodeMachines Machines { get; } = new("e2e");

    public Kubectl Kubectl => kubectl ?? throw new InvalidOperationException("the fixture is not initialized");

    internal Operator Operator => new(Kubectl);

    internal Eventually Eventually => new(new Diagnosis(Kubectl));

    public async Task InitializeAsync()
    {
        Prerequisites.Require();
        await Machines.UpAsync(Nodes.Count);
        kubectl = new Kubectl(await Machines.KubeconfigAsync());
        await Machines.LoadAsync(await ImageAsync());
        // Kubernetes before 1.25 knows no validation rules: the client would refuse them, the server drops them.
        await Kubectl.RunAsync("apply", "--validate=false", "--kustomize", Repository.PathOf("config/default"));
        await Operator.StopAsync();
        await Operator.StartAsync();
    }

    public Task DisposeAsync() => Environment.GetEnvironmentVariable(KeepVariable) == "1" ? Task.CompletedTask : Machines.DownAsync();

    /// <summary>A cluster without a trace of earlier stories, in which these nodes have all their updates pending.</summary>
    public async Task CleanAsync(params string[] unpatched)
    {
        await Kubectl.RunAsync("delete", "patchpolicies,patchwindows", "--all", "--timeout=180s");
        await RemoveWorkloadsAsync();
        await Eventually.TrueAsync("earlier runs and NodePatches are gone", async () => (await Kubectl.ListAsync("patchruns,nodepatches")).Count == 0);
        await Kubectl.RunAsync(["uncordon", .. (await Kubectl.ListAsync("nodes")).Select(node => node.Name())]);
        await Machines.UpAsync(Nodes.Count);
        var patched = await PatchedAsync(unpatched);
        if (patched.Count > 0)
            await ResetAsync(patched);
    }

    /// <summary>Nodes that are unpatched already, as far as there are any.</summary>
    public async Task<string> CheapestUnpatchedAsync() => Nodes.Except(await PatchedAsync(Nodes)).FirstOrDefault(Nodes[0]);

    public async Task<string> BootIdAsync(string node) => BootId(await Kubectl.GetAsync("node", node));

    public async Task<IReadOnlyDictionary<string, string>> BootIdsAsync() =>
        (await Kubectl.ListAsync("nodes")).ToDictionary(node => node.Name(), BootId);

    // Not waited for politely: the kubelet of Kubernetes 1.20 may take over a minute to tell that a pod has ended.
    private async Task RemoveWorkloadsAsync()
    {
        const string inNamespace = "--namespace=" + Workload.Namespace;
        await Kubectl.RunAsync("delete", "deployments", "--all", inNamespace, "--timeout=60s");
        await Kubectl.RunAsync("delete", "pods", "--all", inNamespace, "--force", "--grace-period=0");
        await Kubectl.RunAsync("delete", "namespace", Workload.Namespace, "--ignore-not-found", "--timeout=120s");
    }

    private static string BootId(JsonNode node) => node.Text("status.nodeInfo.bootID");

    private static async Task<string> ImageAsync()
    {
        if (Environment.GetEnvironmentVariable(ImageVariable) is { Length: > 0 } given)
            return given;
        var archive = Repository.PathOf("out/end-to-end/patch-operator.tar");
        (await Command.RunAsync(Repository.PathOf("hack/build-image"), ["--output", archive], within: TimeSpan.FromMinutes(10))).Succeeded();
        return archive;
    }

    private async Task<IReadOnlyList<string>> PatchedAsync(IEnumerable<string> nodes)
    {
        var unpatched = await Task.WhenAll(nodes.Select(async node => (Node: node, Unpatched: await Machines.IsUnpatchedAsync(node))));
        return [.. unpatched.Where(node => !node.Unpatched).Select(node => node.Node)];
    }

    // The Node object of a machine that is made anew stays, and says Ready until it is heard of again.
    private async Task ResetAsync(IReadOnlyList<string> nodes)
    {
        var before = await BootIdsAsync();
        await Operator.StopAsync();
        await Task.WhenAll(nodes.Select(Machines.ResetAsync));
        await Eventually.TrueAsync($"{string.Join(", ", nodes)} are up anew", async () => await AreAnewAsync(nodes, before));
        await Operator.StartAsync();
    }

    private async Task<bool> AreAnewAsync(IReadOnlyList<string> nodes, IReadOnlyDictionary<string, string> before) =>
        (await Kubectl.ListAsync("nodes")).Where(node => nodes.Contains(node.Name())).All(node => node.IsReady() && BootId(node) != before[node.Name()]);
}

[CollectionDefinition(Name)]
#pragma warning disable CA1711 // xunit's own word.
public sealed class ClusterCollection : ICollectionFixture<ClusterFixture>
#pragma warning restore CA1711
{
    public const string Name = "cluster";
}
