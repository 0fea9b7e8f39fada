namespace PatchOperator.Integration.Tests.Crds;

/// <summary>The API server that all tests share, with the CustomResourceDefinitions and the operator's rights in it, worked by kubectl as people do.</summary>
public sealed class KubectlFixture : IAsyncLifetime
{
    // Two who apply the same at once would meet, and one of them fail.
    private static readonly SemaphoreSlim OneAtATime = new(1, 1);

    private string kubeconfig = "";

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
        await Kubectl("apply", "--validate=false", "--kustomize", Repository.PathOf("crds"));
        foreach (var crd in Crd.All)
            await Kubectl("wait", "--for=condition=Established", "--timeout=60s", $"crd/{crd.Plural}.patchoperator.io");
        await Kubectl("apply", "--filename", Repository.PathOf("config/manager/namespaces.yaml"));
        await Kubectl("apply", "--kustomize", Repository.PathOf("config/rbac"));
    }

    public async Task<string> Kubectl(params string[] arguments) => (await Try("kubectl", arguments)).Succeeded();

    /// <summary>Asks the server to create an object, without effect: other tests are at work there.</summary>
    internal Task<Command> TryCreate(string yaml) =>
        Try("kubectl", ["create", "--dry-run=server", "--validate=false", "--output=json", "--filename=-"], yaml);

    internal Task<Command> Try(string kubectl, IEnumerable<string> arguments, string input = "") =>
        Command.Run(kubectl, ["--kubeconfig", kubeconfig, .. arguments], input);
}
