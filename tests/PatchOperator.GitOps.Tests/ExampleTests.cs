using System.Text.Json.Nodes;
using PatchOperator.GitOps.Tests.Programs;

namespace PatchOperator.GitOps.Tests;

/// <summary>The sample repository for GitOps: that it applies is shown on a real API server.</summary>
public class ExampleTests
{
    private const string Sample = "examples/gitops";
    private const string Wave = "argocd.argoproj.io/sync-wave";

    public static TheoryData<string> Clusters => ["staging", "production"];

    [Theory, MemberData(nameof(Clusters))]
    public void Windows_come_before_what_names_them_and_the_rest_is_the_last_wave(string cluster)
    {
        var waves = Kustomization.Of($"{Sample}/clusters/{cluster}").Values
            .GroupBy(
                item => (string)item["kind"]!,
                item => int.Parse((string)item["metadata"]!["annotations"]![Wave]!, System.Globalization.CultureInfo.InvariantCulture))
            .ToDictionary(group => group.Key, group => group.Distinct().Single());

        Assert.Equal(new Dictionary<string, int> { ["PatchWindow"] = 1, ["PatchPolicy"] = 2, ["ImageBaseline"] = 2 }, waves);
    }

    [Fact]
    public void Clusters_differ()
    {
        var staging = Kustomization.Of($"{Sample}/clusters/staging");
        var production = Kustomization.Of($"{Sample}/clusters/production");

        Assert.Equal(staging.Keys, production.Keys);
        Assert.Equal("50%", (string?)staging["PatchPolicy workers"]["spec"]!["rollout"]!["maxUnavailable"]);
        Assert.Equal("10%", (string?)production["PatchPolicy workers"]["spec"]!["rollout"]!["maxUnavailable"]);
        Assert.Equal("0 22 * * Sat", (string?)production["PatchWindow nights"]["spec"]!["schedules"]![0]!["cron"]);
        Assert.Equal("Manual", (string?)production["ImageBaseline worker"]["spec"]!["promotion"]!["mode"]);
    }

    [Fact]
    public void Argo_CD_finds_a_folder_for_each_cluster_and_the_chart()
    {
        var set = Read("argocd/patching.yaml").Single()["spec"]!;
        var path = (string)set["template"]!["spec"]!["source"]!["path"]!;
        var clusters = set["generators"]![0]!["clusters"]!["selector"]!["matchExpressions"]![0]!["values"]!.AsArray();

        Assert.Equal(["staging", "production"], clusters.Select(cluster => (string)cluster!));
        Assert.All(clusters, cluster => AssertFolder(Sample, path.Replace("{{ .metadata.labels.patching }}", (string)cluster!, StringComparison.Ordinal)));
        AssertFolder(".", (string)Read("argocd/operator.yaml").Single()["spec"]!["source"]!["path"]!);
    }

    [Fact]
    public void Flux_finds_its_folders_and_what_it_waits_for()
    {
        var kustomizations = Read("flux/production.yaml").ToList();
        var objects = Kustomization.Of($"{Sample}/clusters/production");

        Assert.All(kustomizations, kustomization => AssertFolder(Sample, (string)kustomization["spec"]!["path"]!));
        var checks = kustomizations[1]["spec"]!["healthChecks"]!.AsArray().Select(check => $"{check!["kind"]} {check["name"]}");
        Assert.Equal(objects.Keys.Where(name => !name.StartsWith("ImageBaseline", StringComparison.Ordinal)).Order(), checks.Order());
        AssertFolder(".", (string)Kustomization.Of($"{Sample}/flux/operator")["HelmRelease patch-operator"]["spec"]!["chart"]!["spec"]!["chart"]!);
    }

    private static IEnumerable<JsonObject> Read(string file) => Yaml.Documents(File.ReadAllText(Repository.PathOf($"{Sample}/{file}")));

    private static void AssertFolder(string root, string path) =>
        Assert.True(Directory.Exists(Repository.PathOf(Path.Combine(root, path))), $"{root} has no folder {path}");
}
