namespace PatchOperator.EndToEnd.Tests.Clusters;

/// <summary>The machines under the cluster: what Kubernetes knows nothing of.</summary>
public sealed class NodeMachines(string cluster)
{
    private static readonly string Script = Repository.PathOf("tests/cluster/cluster");

    public Task UpAsync(int nodes) => RunAsync("up", "--nodes", $"{nodes}");

    public Task DownAsync() => RunAsync("down");

    public Task<string> KubeconfigAsync() => RunAsync("kubeconfig");

    public Task LoadAsync(string archive) => RunAsync("load", archive);

    /// <summary>Makes it anew: all updates are pending again.</summary>
    public Task ResetAsync(string node) => RunAsync("node", "reset", node);

    public Task DeleteAsync(string node) => RunAsync("node", "delete", node);

    /// <summary>From now on it does not come back from a reboot of its own.</summary>
    public Task ForbidRestartAsync(string node) => RunAsync("node", "no-restart", node);

    public Task RestartAsync(string node) => RunAsync("node", "restart", node);

    /// <summary>The cluster's own registry for images: plain HTTP, and the same address for nodes, pods and this machine, also after it was away.</summary>
    public Task StartRegistryAsync() => RunAsync("registry", "start");

    public Task StopRegistryAsync() => RunAsync("registry", "stop");

    public Task<string> RegistryAddressAsync() => RunAsync("registry", "address");

    /// <summary>Runs a command of the shell in it.</summary>
    public Task<string> ShellAsync(string node, string command) => RunAsync("node", "exec", node, "--", "sh", "-c", command);

    /// <summary>What apt would upgrade, one line each.</summary>
    public async Task<string[]> UpgradableAsync(string node)
    {
        var lines = await ShellAsync(node, "apt-get -qq update && apt list --upgradable 2>/dev/null");
        return [.. lines.Split('\n').Where(line => line.Contains("upgradable", StringComparison.Ordinal))];
    }

    /// <summary>Whether nothing has been upgraded since it was made: the node image has no history of apt.</summary>
    public async Task<bool> IsUnpatchedAsync(string node) =>
        await ShellAsync(node, "test -e /var/log/apt/history.log && echo patched || echo unpatched") == "unpatched";

    // In a session of its own: what it starts for good must not end with the test host.
    private async Task<string> RunAsync(string command, params string[] arguments)
    {
        string[] line = ["--wait", Script, command, "--name", cluster, .. arguments];
        return (await Command.RunAsync("setsid", line)).Succeeded();
    }
}
