using PatchOperator.EndToEnd.Tests.Objects;

namespace PatchOperator.EndToEnd.Tests.Clusters;

/// <summary>The operator's own Deployment.</summary>
internal sealed class Operator(Kubectl kubectl)
{
    private const string Namespace = "--namespace=" + ClusterFixture.Namespace;
    private const string Label = "--selector=app.kubernetes.io/component=operator";

    public async Task StopAsync()
    {
        await ScaleAsync(0);
        await kubectl.RunAsync("wait", Namespace, "pod", Label, "--for=delete", "--timeout=180s");
    }

    public async Task StartAsync()
    {
        await ScaleAsync(1);
        await kubectl.RunAsync("rollout", Namespace, "status", "deployment/patch-operator", "--timeout=120s");
    }

    /// <summary>The end of a process that has no time to say goodbye.</summary>
    public async Task KillAsync()
    {
        foreach (var pod in await kubectl.ListAsync("pods", Namespace, Label))
            await kubectl.RunAsync("delete", Namespace, "pod", pod.Name(), "--force", "--grace-period=0", "--ignore-not-found");
    }

    /// <summary>Whether one of its pods that still exists holds the lease.</summary>
    public async Task<bool> LeadsAsync()
    {
        var lease = await kubectl.GetAsync("lease", "patch-operator-leader", Namespace);
        var pods = await kubectl.ListAsync("pods", Namespace, Label);
        return pods.Any(pod => pod.IsReady() && lease.Text("spec.holderIdentity").Contains(pod.Name(), StringComparison.Ordinal));
    }

    private Task<string> ScaleAsync(int replicas) => kubectl.RunAsync("scale", Namespace, "deployment/patch-operator", $"--replicas={replicas}");
}
