using PatchOperator.EndToEnd.Tests.Objects;

namespace PatchOperator.EndToEnd.Tests.Clusters;

/// <summary>A cluster of its own with the operator installed.</summary>
public abstract class InstalledCluster(string name, IReadOnlyList<string> nodes, bool usesTools) : LocalCluster(name, nodes)
{
    public const string Namespace = "patch-operator-system";
    public const string JobNamespace = "patch-operator-jobs";

    internal Operator Operator => new(Kubectl, Machines);

    internal async Task ApplyRunningAsync(Workload workload)
    {
        await Kubectl.ApplyAsync(workload);
        await Eventually.TrueAsync(
            $"{workload.Name} runs",
            async () => (await Kubectl.GetAsync("deployment", workload.Name, $"--namespace={Workload.Namespace}")).Number("status.availableReplicas") == workload.Count);
    }

    /// <summary>The image of operator and agent, which every node has.</summary>
    internal async Task<string> ImageAsync() =>
        (await Kubectl.GetAsync("deployment", "patch-operator", $"--namespace={Namespace}")).Items("spec.template.spec.containers")[0].Text("image");

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await LoadAsync(usesTools);
        // Kubernetes before 1.25 knows no validation rules: the client would refuse them, the server drops them.
        await Kubectl.RunAsync("apply", "--validate=false", "--kustomize", Repository.PathOf("config/default"));
        await Operator.StopAsync();
        await Operator.StartAsync();
    }
}
