namespace PatchOperator.Integration.Tests.Crds;

/// <summary>The API server that all tests share, with the CustomResourceDefinitions and the operator's rights in it, worked by kubectl as people do.</summary>
public sealed class KubectlFixture : IAsyncLifetime
{
    // Two who apply the same at once would meet, and one of them fail.
    private static readonly SemaphoreSlim OneAtATime = new(1, 1);

    private string? kubeconfig;

    /// <summary>The path of an administrator's kubeconfig.</summary>
    public string Kubeconfig => kubeconfig ?? throw new InvalidOperationException("the fixture is not initialized");

    public Kubectl Kubectl => new(Kubeconfig);

    public async Task InitializeAsync()
    {
        using var server = new ApiServerFixture();
        await server.InitializeAsync();
        kubeconfig = server.Kubeconfig;
        await OneAtATime.WaitAsync();
        try
        {
            await ApplyAsync();
        }
        finally
        {
            OneAtATime.Release();
        }
    }

    public Task DisposeAsync() => Task.CompletedTask;

    private async Task ApplyAsync()
    {
        // Kubernetes before 1.25 knows no validation rules: the client would refuse them, the server drops them.
        await Kubectl.RunAsync("apply", "--validate=false", "--kustomize", Repository.PathOf("crds"));
        foreach (var crd in Crd.All)
            await Kubectl.RunAsync("wait", "--for=condition=Established", "--timeout=60s", $"crd/{crd.Plural}.patchoperator.io");
        await Kubectl.RunAsync("apply", "--filename", Repository.PathOf("config/manager/namespaces.yaml"));
        await Kubectl.RunAsync("apply", "--kustomize", Repository.PathOf("config/rbac"));
    }

    /// <summary>Asks the server to create an object, without effect: other tests are at work there.</summary>
    internal Task<Command> TryCreate(string yaml) =>
        Kubectl.TryAsync(["create", "--dry-run=server", "--validate=false", "--output=json", "--filename=-"], yaml);
}
