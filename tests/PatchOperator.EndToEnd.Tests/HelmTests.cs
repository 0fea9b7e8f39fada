using PatchOperator.EndToEnd.Tests.Clusters;
using PatchOperator.EndToEnd.Tests.Objects;

namespace PatchOperator.EndToEnd.Tests;

/// <summary>A release of the packaged chart, from the first command to the last.</summary>
[Collection(EmptyClusterCollection.Name)]
public sealed class HelmTests(EmptyClusterFixture cluster) : IAsyncLifetime
{
    private const string Node = EmptyClusterFixture.Node;
    private const string Policy = "demo";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("charts-");
    private IReadOnlyList<string> before = [];

    private Kubectl Kubectl => cluster.Kubectl;

    public async Task InitializeAsync()
    {
        await cluster.RenewAsync();
        before = await new Residue(Kubectl).LookAsync();
    }

    public Task DisposeAsync()
    {
        folder.Delete(recursive: true);
        return Task.CompletedTask;
    }

    [Fact]
    public async Task An_upgrade_in_the_middle_of_a_rollout_brings_new_values_and_definitions_and_the_rollout_ends_well()
    {
        var helm = new HelmRelease(Helm.Four, cluster.Kubeconfig);
        var packages = await ChartPackages.MakeAsync(folder.FullName);
        await helm.InstallAsync(packages.Before);
        await StartRolloutAsync();
        var policy = await Kubectl.GetAsync("patchpolicy", Policy);
        Assert.DoesNotContain(ChartPackages.NewColumn, await ColumnsAsync(), StringComparison.Ordinal);

        await helm.UpgradeAsync(packages.Now, "log.level=Debug");

        Assert.Contains(ChartPackages.NewColumn, await ColumnsAsync(), StringComparison.Ordinal);
        Assert.Contains(
            "--log-level=Debug",
            (await Kubectl.GetAsync("deployment", "patch-operator", "--namespace=" + InstalledCluster.Namespace)).ToJsonString(),
            StringComparison.Ordinal);
        await cluster.Eventually.TrueAsync(
            "the policy is compliant", async () => (await Kubectl.GetAsync("patchpolicy", Policy)).Is("Compliant"), TimeSpan.FromMinutes(8));
        var after = await Kubectl.GetAsync("patchpolicy", Policy);
        Assert.Equal(policy.Text("metadata.uid"), after.Text("metadata.uid"));
        Assert.Equal(policy.At("spec")!.ToJsonString(), after.At("spec")!.ToJsonString());
        Assert.Equal("Succeeded", Assert.Single(await Kubectl.ListAsync("patchruns")).Text("status.phase"));
        Assert.Empty(await cluster.Machines.UpgradableAsync(Node));

        await UninstallAsync(helm);
        await AssertNothingIsLeftAsync();
    }

    [Fact]
    public async Task An_uninstall_in_the_middle_of_a_rollout_gives_the_node_back_and_leaves_nothing()
    {
        var helm = new HelmRelease(Helm.Three, cluster.Kubeconfig);
        await helm.InstallAsync((await ChartPackages.MakeAsync(folder.FullName)).Now);
        await StartRolloutAsync();

        await UninstallAsync(helm);

        await AssertNothingIsLeftAsync();
    }

    // Until the node is cordoned, and its packages are being upgraded.
    private async Task StartRolloutAsync()
    {
        await Kubectl.RunAsync("apply", $"--filename={Repository.PathOf("config/samples/demo.yaml")}");
        await cluster.Eventually.TrueAsync("the node is being patched", async () =>
            (await Kubectl.ListAsync("nodepatches")).SingleOrDefault() is { } patch && patch.Text("status.phase") == "Patching");
        Assert.True((await Kubectl.GetAsync("node", Node)).IsCordoned());
    }

    private async Task<string> ColumnsAsync() =>
        (await Kubectl.GetAsync("crd", "patchwindows.patchoperator.io")).Items("spec.versions")[0].At("additionalPrinterColumns")!.ToJsonString();

    // As the chart's page says it.
    private async Task UninstallAsync(HelmRelease helm)
    {
        await Kubectl.RunAsync("delete", "patchpolicies", "--all", "--timeout=240s");
        Assert.False((await Kubectl.GetAsync("node", Node)).IsCordoned());
        await helm.UninstallAsync();
        await Kubectl.RunAsync("delete", "--ignore-not-found", "--kustomize", Repository.PathOf("crds"), "--timeout=180s");
        await Kubectl.RunAsync("delete", "namespace", InstalledCluster.Namespace, "--timeout=180s");
    }

    private async Task AssertNothingIsLeftAsync()
    {
        await cluster.Eventually.TrueAsync("the namespaces are gone", async () =>
            (await Kubectl.ListAsync("namespaces")).All(item => !item.Name().StartsWith("patch-operator", StringComparison.Ordinal)));
        Assert.Equal(before, await new Residue(Kubectl).LookAsync());
        Assert.Equal("nothing", await cluster.Machines.ShellAsync(Node, "ls -d /var/lib/patch-operator 2>/dev/null || echo nothing"));
    }
}
