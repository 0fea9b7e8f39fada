using PatchOperator.EndToEnd.Tests.Objects;
using PatchOperator.EndToEnd.Tests.Watching;

namespace PatchOperator.EndToEnd.Tests.Clusters;

/// <summary>The operator's own Deployment.</summary>
internal sealed class Operator(Kubectl kubectl, NodeMachines machines)
{
    private const string Namespace = "--namespace=" + ClusterFixture.Namespace;
    private const string Label = "--selector=app.kubernetes.io/component=operator";

    public async Task StopAsync()
    {
        await ScaleAsync(0);
        await kubectl.RunAsync("wait", Namespace, "pod", Label, "--for=delete", "--timeout=180s");
    }

    public async Task StartAsync(int replicas = 1)
    {
        await ScaleAsync(replicas);
        await kubectl.RunAsync("rollout", Namespace, "status", "deployment/patch-operator", "--timeout=120s");
    }

    /// <summary>The end of a process that has no time to say goodbye.</summary>
    public async Task KillAsync()
    {
        foreach (var pod in await kubectl.ListAsync("pods", Namespace, Label))
            await kubectl.RunAsync("delete", Namespace, "pod", pod.Name(), "--force", "--grace-period=0", "--ignore-not-found");
    }

    /// <summary>The lease, as a watch tells of it.</summary>
    public Task<Watched> WatchLeaseAsync() => kubectl.WatchAsync("leases", Namespace);

    /// <summary>The pod of the process that holds the lease under this name.</summary>
    public async Task<Replica> ReplicaAsync(string holder)
    {
        var pod = (await kubectl.ListAsync("pods", Namespace, Label)).Single(pod => holder.StartsWith(pod.Name() + "_", StringComparison.Ordinal));
        return new Replica(machines, pod.Name(), pod.Text("spec.nodeName"), pod.Text("status.podIP"));
    }

    private Task<string> ScaleAsync(int replicas) => kubectl.RunAsync("scale", Namespace, "deployment/patch-operator", $"--replicas={replicas}");
}
