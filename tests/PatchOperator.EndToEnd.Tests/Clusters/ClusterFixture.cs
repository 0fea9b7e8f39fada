using PatchOperator.EndToEnd.Tests.Objects;

namespace PatchOperator.EndToEnd.Tests.Clusters;

/// <summary>Three nodes, for the stories of rollouts.</summary>
public abstract class ClusterFixture(string name) : InstalledCluster(name, Nodes, usesTools: false)
{
    public static readonly IReadOnlyList<string> Nodes = ["node-1", "node-2", "node-3"];

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

    /// <summary>The nodes whose last turn went well.</summary>
    public async Task<IReadOnlyList<string>> SucceededAsync() =>
        [.. (await Kubectl.ListAsync("nodepatches")).Where(patch => patch.Text("status.lastOperation.result") == "Succeeded").Select(patch => patch.Name())];

    public async Task<string> BootIdAsync(string node) => (await Kubectl.GetAsync("node", node)).BootId();

    public async Task<IReadOnlyDictionary<string, string>> BootIdsAsync() =>
        (await Kubectl.ListAsync("nodes")).ToDictionary(node => node.Name(), node => node.BootId());

    // Not waited for politely: the kubelet of Kubernetes 1.20 may take over a minute to tell that a pod has ended.
    private async Task RemoveWorkloadsAsync()
    {
        const string inNamespace = "--namespace=" + Workload.Namespace;
        await Kubectl.RunAsync("delete", "deployments", "--all", inNamespace, "--timeout=180s");
        await Kubectl.RunAsync("delete", "pods", "--all", inNamespace, "--force", "--grace-period=0");
        await Kubectl.RunAsync("delete", "namespace", Workload.Namespace, "--ignore-not-found", "--timeout=120s");
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
        try
        {
            await Task.WhenAll(nodes.Select(Machines.ResetAsync));
            await Eventually.TrueAsync($"{string.Join(", ", nodes)} are up anew", async () => await AreAnewAsync(nodes, before));
        }
        finally
        {
            // The stories after this one need it whatever became of this one.
            await Operator.StartAsync();
        }
    }

    private async Task<bool> AreAnewAsync(IReadOnlyList<string> nodes, IReadOnlyDictionary<string, string> before) =>
        (await Kubectl.ListAsync("nodes")).Where(node => nodes.Contains(node.Name())).All(node => node.IsReady() && node.BootId() != before[node.Name()]);
}
