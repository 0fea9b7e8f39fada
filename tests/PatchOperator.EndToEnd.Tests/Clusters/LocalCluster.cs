namespace PatchOperator.EndToEnd.Tests.Clusters;

/// <summary>A cluster of its own. README.md tells of the variables.</summary>
public abstract class LocalCluster(string name, IReadOnlyList<string> nodes) : IAsyncLifetime
{
    private const string KeepVariable = "E2E_KEEP";
    private Kubectl? kubectl;

    public NodeMachines Machines { get; } = new(name);

    public Kubectl Kubectl => kubectl ?? throw new InvalidOperationException("the fixture is not initialized");

    /// <summary>The path of the administrator's kubeconfig.</summary>
    public string Kubeconfig { get; private set; } = "";

    /// <summary>Where the API server writes its logs.</summary>
    public string Logs => Path.Combine(Path.GetDirectoryName(Kubeconfig)!, "logs");

    internal Waiting Eventually => new(new Diagnosis(Kubectl));

    private static bool IsKept => Environment.GetEnvironmentVariable(KeepVariable) == "1";

    public virtual async Task InitializeAsync()
    {
        Prerequisites.Require();
        // What an interrupted run has left has been patched already.
        if (!IsKept)
            await Machines.DownAsync();
        await Machines.UpAsync(nodes.Count);
        Kubeconfig = await Machines.KubeconfigAsync();
        kubectl = new Kubectl(Kubeconfig);
    }

    public virtual Task DisposeAsync() => IsKept ? Task.CompletedTask : Machines.DownAsync();

    /// <summary>Loads the operator's image into the nodes, and that of the tools where images are made.</summary>
    protected async Task LoadAsync(bool withTools)
    {
        var images = await Images.BuiltAsync();
        foreach (var archive in withTools ? new[] { images.Operator, images.Tools } : [images.Operator])
            await Machines.LoadAsync(archive);
    }
}
