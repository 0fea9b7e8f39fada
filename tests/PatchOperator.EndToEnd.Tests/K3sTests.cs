using PatchOperator.EndToEnd.Tests.Clusters;
using PatchOperator.EndToEnd.Tests.Objects;

namespace PatchOperator.EndToEnd.Tests;

/// <summary>On a Kubernetes of today, whose node is no Debian: the chart, the definitions with their rules, a scan that is told as it is.</summary>
public sealed class K3sTests
{
    [K3sFact]
    public async Task The_chart_installs_without_a_flag_takes_all_samples_and_the_node_is_seen()
    {
        await using var cluster = await K3sCluster.StartAsync();
        await cluster.LoadAsync((await Images.BuiltAsync()).Operator);
        var kubectl = new Kubectl(cluster.Kubeconfig);
        var eventually = new Waiting(new Diagnosis(kubectl));
        var folder = Directory.CreateTempSubdirectory("charts-");
        var helm = new HelmRelease(Helm.Four, cluster.Kubeconfig, isCurrent: true);

        await helm.InstallAsync((await ChartPackages.MakeAsync(folder.FullName)).Now);
        foreach (
            var sample in Directory.GetFiles(Repository.PathOf("config/samples"), "*.yaml").Where(file => !file.EndsWith("kustomization.yaml", StringComparison.Ordinal)))
            await kubectl.RunAsync("apply", $"--filename={sample}");

        await eventually.TrueAsync("the node is scanned, or the policy says why not", async () =>
            (await kubectl.ListAsync("nodepatches")).SingleOrDefault() is { } patch && (patch.At("status.lastScan") ?? patch.At("status.scanFailure")) is not null);
        await kubectl.RunAsync("delete", "patchpolicies,imagebaselines,patchwindows", "--all", "--timeout=240s");
        await helm.UninstallAsync();
        folder.Delete(recursive: true);
    }
}
