using Testcontainers.K3s;

namespace PatchOperator.Testing;

/// <summary>
/// A Kubernetes of today in a container, which needs a Docker that can pull images. Tests use it where <c>TEST_CLUSTER</c> is <c>k3s</c>;
/// elsewhere the local cluster and the CRD server cover its ground.
/// </summary>
public sealed class K3sCluster : IAsyncDisposable
{
    private const string Variable = "TEST_CLUSTER";
    private const string Wanted = "k3s";
    private const string Image = "rancher/k3s:v1.34.1-k3s1";

    private readonly K3sContainer container;

    private K3sCluster(K3sContainer container, string kubeconfig) => (this.container, Kubeconfig) = (container, kubeconfig);

    /// <summary>Whether tests are to use it.</summary>
    public static bool IsWanted => Environment.GetEnvironmentVariable(Variable) == Wanted;

    /// <summary>Why a test that needs it does not run; null where it does.</summary>
    public static string? WhyNot => IsWanted ? null : $"not run: needs {Variable}={Wanted} and a Docker that can pull {Image}";

    /// <summary>The path of an administrator's kubeconfig.</summary>
    public string Kubeconfig { get; }

    /// <summary>Starts one; it goes with this object, or with the process at the latest.</summary>
    public static async Task<K3sCluster> StartAsync()
    {
        var container = new K3sBuilder(Image).Build();
        await container.StartAsync();
        var kubeconfig = Path.Combine(Path.GetTempPath(), $"k3s-{container.Id[..12]}.kubeconfig");
        await File.WriteAllTextAsync(kubeconfig, await container.GetKubeconfigAsync());
        return new K3sCluster(container, kubeconfig);
    }

    /// <summary>Gives the node an image, from an archive as docker save writes it.</summary>
    public async Task LoadAsync(string archive)
    {
        const string Inside = "/tmp/image.tar";
        await container.CopyAsync(await File.ReadAllBytesAsync(archive), Inside);
        var import = await container.ExecAsync(["ctr", "--namespace", "k8s.io", "images", "import", Inside]);
        if (import.ExitCode != 0)
            throw new InvalidOperationException($"{archive} could not be loaded: {import.Stderr}{import.Stdout}");
    }

    public async ValueTask DisposeAsync()
    {
        File.Delete(Kubeconfig);
        await container.DisposeAsync();
    }
}
