namespace PatchOperator.EndToEnd.Tests.Clusters;

/// <summary>A cluster of its own with the operator installed. README.md tells of the variables.</summary>
public abstract class InstalledCluster(string name, IReadOnlyList<string> nodes, bool usesTools) : IAsyncLifetime
{
    public const string Namespace = "patch-operator-system";
    public const string JobNamespace = "patch-operator-jobs";

    private const string KeepVariable = "E2E_KEEP";
    private Kubectl? kubectl;

    public NodeMachines Machines { get; } = new(name);

    public Kubectl Kubectl => kubectl ?? throw new InvalidOperationException("the fixture is not initialized");

    internal Operator Operator => new(Kubectl);

    internal Eventually Eventually => new(new Diagnosis(Kubectl));

    private static bool IsKept => Environment.GetEnvironmentVariable(KeepVariable) == "1";

    public virtual async Task InitializeAsync()
    {
        Prerequisites.Require();
        // What an interrupted run has left has been patched already.
        if (!IsKept)
            await Machines.DownAsync();
        await Machines.UpAsync(nodes.Count);
        kubectl = new Kubectl(await Machines.KubeconfigAsync());
        var images = await Images.BuiltAsync();
        foreach (var archive in usesTools ? new[] { images.Operator, images.Tools } : [images.Operator])
            await Machines.LoadAsync(archive);
        // Kubernetes before 1.25 knows no validation rules: the client would refuse them, the server drops them.
        await Kubectl.RunAsync("apply", "--validate=false", "--kustomize", Repository.PathOf("config/default"));
        await Operator.StopAsync();
        await Operator.StartAsync();
    }

    public virtual Task DisposeAsync() => IsKept ? Task.CompletedTask : Machines.DownAsync();
}
