using System.Security.Cryptography;
using k8s;
using k8s.Models;
using Xunit;

namespace PatchOperator.Testing;

/// <summary>
/// A real API server, shared by all tests of this assembly and taken down with it; the cluster that <c>TEST_KUBECONFIG</c> names, if it is
/// set, or a K3s, if <c>TEST_CLUSTER</c> is <c>k3s</c>. Use it as a class fixture (classes run side by side) and keep apart from other tests by
/// <see cref="UniqueName"/>.
/// </summary>
public sealed class ApiServerFixture : IAsyncLifetime, IDisposable
{
    private static readonly Lazy<Task<string>> Shared = new(BringUpAsync);
    private Kubernetes? client;
    private string? kubeconfig;

    /// <summary>The kubeconfig of an administrator.</summary>
    public string Kubeconfig => kubeconfig ?? throw new InvalidOperationException("the fixture is not initialized");

    /// <summary>A client of an administrator.</summary>
    public IKubernetes Kubernetes => client ?? throw new InvalidOperationException("the fixture is not initialized");

    /// <summary>A configuration of its own for each caller.</summary>
    public KubernetesClientConfiguration Configuration() => KubernetesClientConfiguration.BuildConfigFromConfigFile(Kubeconfig);

    /// <summary>A name nobody else uses, good for namespaces and nodes alike.</summary>
    public static string UniqueName(string hint) => $"{hint}-{RandomNumberGenerator.GetHexString(8, lowercase: true)}";

    /// <summary>A namespace of its own.</summary>
    public async Task<string> CreateNamespaceAsync(string hint)
    {
        var name = UniqueName(hint);
        await Kubernetes.CoreV1.CreateNamespaceAsync(new V1Namespace { Metadata = new V1ObjectMeta { Name = name } });
        return name;
    }

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        kubeconfig = await Shared.Value;
        client = new Kubernetes(Configuration());
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => client?.Dispose();

    private static async Task<string> BringUpAsync()
    {
        if (Environment.GetEnvironmentVariable("TEST_KUBECONFIG") is { Length: > 0 } given)
            return given;
        if (K3sCluster.IsWanted)
            return (await K3sCluster.StartAsync()).Kubeconfig;

        // One per process, so that runs do not take down each other's.
        var cluster = await TestCluster.UpAsync("it-", "--bare");
        cluster.LeaveToProcessExit();
        return cluster.Kubeconfig;
    }
}
