using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace PatchOperator.Chart.Tests;

/// <summary>What the chart makes of values.</summary>
public partial class RenderTests
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static TheoryData<string> ValuesFiles => [.. FilesOf("values")];

    /// <summary>With UPDATE_GOLDEN=1 in the environment, what is rendered is written to golden/ first.</summary>
    [Theory]
    [MemberData(nameof(ValuesFiles))]
    public void Values_render_the_same_with_both_Helms(string file)
    {
        var golden = $"{Chart.Tests}/golden/{file}";
        var rendered = WithoutDashboard(Helm.Three.Template("--values", $"{Chart.Tests}/values/{file}"));
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
            File.WriteAllText(golden, rendered);

        Assert.Equal(File.ReadAllText(golden), rendered);
        Assert.Equal(rendered, WithoutDashboard(Helm.Four.Template("--values", $"{Chart.Tests}/values/{file}")));
    }

    // Compared with that of the repository, see below.
    private static string WithoutDashboard(string rendered) =>
        rendered.Replace(
            string.Concat(File.ReadLines($"{Chart.Folder}/files/monitoring/dashboard.json").Select(line => $"    {line}\n")),
            "    dashboard.json\n",
            StringComparison.Ordinal);

    [Fact]
    public void Each_golden_file_has_its_values() => Assert.Equal(FilesOf("values"), FilesOf("golden"));

    /// <summary>
    /// But for the Namespace, which Helm does not own; Helm's labels; the annotations that keep the CustomResourceDefinitions; the
    /// arguments, which say what the operator does by default anyway; and the tag, a release's here and a build's there.
    /// </summary>
    [Theory]
    [InlineData("old", "config/default", "default")]
    [InlineData("new", "config/default", "default")]
    [InlineData("old", "config/high-availability", "highly-available")]
    [InlineData("new", "config/high-availability", "highly-available")]
    [InlineData("old", "config/default config/network-policy", "network-policy")]
    [InlineData("new", "config/default config/network-policy", "network-policy")]
    [InlineData("old", "config/default config/four-eyes", "four-eyes")]
    [InlineData("new", "config/default config/four-eyes", "four-eyes")]
    public void Kustomize_makes_what_the_chart_makes(string kubectl, string folders, string values)
    {
        var program = kubectl == "old" ? Kubectl.Old : Kubectl.New;
        var kustomize = Objects(string.Join("\n---\n", folders.Split(' ').Select(folder => Kubectl.Kustomize(program, folder))));
        var set = new[]
        {
            "image.tag=dev",
            "toolsImage.tag=dev",
            "crds.enabled=true",
            $"networkPolicy.enabled={(values == "network-policy" ? "true" : "false")}",
            $"fourEyes.enabled={(values == "four-eyes" ? "true" : "false")}",
        };
        var file = values == "highly-available" ? values : "default";
        var helm = WithoutOwnMetadata(Objects(Helm.Three.Template("--values", $"{Chart.Tests}/values/{file}.yaml", "--set", string.Join(',', set))));
        Assert.True(kustomize.Remove("Namespace patch-operator-system"));
        Assert.True(helm["Deployment patch-operator"]["spec"]!["template"]!["spec"]!["containers"]![0]!.AsObject().Remove("args"));

        AssertEqual(kustomize, helm);
    }

    [Fact]
    public void The_monitoring_of_the_chart_equals_kustomize()
    {
        var kustomize = Objects(Kubectl.Kustomize("kubectl", "config/monitoring"));
        var helm = Objects(
            Helm.Three.Template("--set", "crds.enabled=false,metrics.serviceMonitor.enabled=true,metrics.prometheusRule.enabled=true,metrics.dashboard.enabled=true"));
        foreach (var name in Objects(Helm.Three.Template("--set", "crds.enabled=false")).Keys)
            Assert.True(helm.Remove(name));

        AssertEqual(kustomize, WithoutOwnMetadata(helm));
    }

    private static SortedDictionary<string, JsonObject> WithoutOwnMetadata(SortedDictionary<string, JsonObject> helm)
    {
        foreach (var (name, item) in helm)
        {
            var metadata = item["metadata"]!.AsObject();
            foreach (var label in new[] { "app.kubernetes.io/instance", "app.kubernetes.io/version", "app.kubernetes.io/managed-by", "helm.sh/chart" })
                Assert.True(metadata["labels"]!.AsObject().Remove(label));
            if (name.StartsWith("CustomResourceDefinition", StringComparison.Ordinal))
                Assert.True(metadata.Remove("annotations"));
        }

        return helm;
    }

    private static void AssertEqual(SortedDictionary<string, JsonObject> kustomize, SortedDictionary<string, JsonObject> helm)
    {
        Assert.Equal(kustomize.Keys, helm.Keys);
        foreach (var (name, item) in kustomize)
            Assert.Equal(item.ToJsonString(Indented), helm[name].ToJsonString(Indented));
    }

    /// <summary>Operator and agent must be of one build, and kustomize's own <c>images</c> knows of containers alone.</summary>
    [Theory]
    [InlineData("old")]
    [InlineData("new")]
    public void The_sample_installation_by_kustomize_names_one_build(string kubectl)
    {
        var objects = Objects(Kubectl.Kustomize(kubectl == "old" ? Kubectl.Old : Kubectl.New, "examples/kustomize"));

        var container = objects["Deployment patch-operator"]["spec"]!["template"]!["spec"]!["containers"]!.AsArray().Single()!;
        var environment = container["env"]!.AsArray().ToDictionary(variable => (string)variable!["name"]!, variable => (string?)variable!["value"]);
        Assert.Equal("registry.example.com/patch-operator:0.1.0", (string?)container["image"]);
        Assert.Equal((string?)container["image"], environment["AGENT_IMAGE"]);
        Assert.Equal("registry.example.com/patch-operator-tools:0.1.0", environment["TOOLS_IMAGE"]);
        // A patch of the list leaves the others in it.
        Assert.Contains("POD_NAMESPACE", environment.Keys);
    }

    [Theory]
    [InlineData("examples/gitops/argocd/operator.yaml", "spec.source.helm.valuesObject")]
    [InlineData("examples/gitops/flux/operator/operator.yaml", "spec.values")]
    public void The_samples_of_GitOps_install_the_chart(string file, string path)
    {
        var values = Yaml.Documents(File.ReadAllText(Repository.PathOf(file)))
            .Select(item => path.Split('.').Aggregate((JsonNode?)item, (node, name) => node?[name]))
            .Single(found => found is not null)!;
        var given = Path.GetTempFileName();
        try
        {
            File.WriteAllText(given, values.ToJsonString());
            Assert.Contains("image: \"registry.example.com/patch-operator:", Helm.Four.Template("--values", given), StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(given);
        }
    }

    /// <summary>Each rule of the Pod Security Standard "restricted", and a root file system that is read-only beside it.</summary>
    [Fact]
    public void The_operators_pod_is_restricted()
    {
        var pod = Objects(Helm.Three.Template("--set", "crds.enabled=false"))["Deployment patch-operator"]["spec"]!["template"]!["spec"]!;
        var container = Assert.Single(pod["containers"]!.AsArray())!;

        Assert.All(["hostNetwork", "hostPID", "hostIPC", "initContainers"], field => Assert.Null(pod[field]));
        Assert.True((bool)pod["securityContext"]!["runAsNonRoot"]!);
        Assert.NotEqual(0m, (decimal)pod["securityContext"]!["runAsUser"]!);
        Assert.Equal("RuntimeDefault", (string)pod["securityContext"]!["seccompProfile"]!["type"]!);
        Assert.Equal(
            """{"allowPrivilegeEscalation":false,"capabilities":{"drop":["ALL"]},"readOnlyRootFilesystem":true}""",
            container["securityContext"]!.ToJsonString());
        Assert.All(pod["volumes"]!.AsArray(), volume => Assert.NotNull(volume!["emptyDir"]));
        Assert.All(container["ports"]!.AsArray(), port => Assert.Null(port!["hostPort"]));
    }

    [Fact]
    public void The_arguments_are_what_the_operator_knows_and_does_by_default()
    {
        var options = File.ReadAllText(Repository.PathOf("operator/PatchOperator/Program.cs")).Split("new Option<");
        var arguments = Container(Helm.Three.Template("--set", "crds.enabled=false"))["args"]!.AsArray().Select(argument => ((string)argument!).Split('='));

        foreach (var argument in arguments)
        {
            var option = Assert.Single(options, option => option.Contains($"\"{argument[0]}\"", StringComparison.Ordinal));
            Assert.Matches($@"DefaultValueFactory = .*\W{argument[1]}\W", option);
        }
    }

    [Theory]
    [InlineData("1.20.2", "policy/v1beta1")]
    [InlineData("1.21.0-eks-1234", "policy/v1")]
    [InlineData("1.35.0", "policy/v1")]
    public void The_disruption_budget_is_of_a_version_that_the_cluster_serves(string kubernetes, string version)
    {
        var rendered = Helm.Three.Template("--kube-version", kubernetes, "--set", "podDisruptionBudget.enabled=true,crds.enabled=false");

        Assert.Equal(version, (string)Objects(rendered)["PodDisruptionBudget patch-operator"]["apiVersion"]!);
    }

    [Fact]
    public void An_older_Kubernetes_is_refused() =>
        Assert.Contains("incompatible with Kubernetes v1.19.9", Helm.Four.Refusal("--kube-version", "1.19.9"), StringComparison.Ordinal);

    [Fact]
    public void Four_eyes_are_refused_where_nothing_would_see_to_them() => Assert.Contains(
        "fourEyes.enabled takes Kubernetes 1.30 or newer", Helm.Four.Refusal("--kube-version", "1.29.9", "--set", "fourEyes.enabled=true"), StringComparison.Ordinal);

    [Fact]
    public void CustomResourceDefinitions_are_kept_unless_told_otherwise()
    {
        Assert.All(Annotations(), annotations => Assert.Equal("keep", (string?)annotations?["helm.sh/resource-policy"]));
        Assert.All(Annotations(), annotations => Assert.Equal("Delete=false,Prune=false", (string?)annotations?["argocd.argoproj.io/sync-options"]));
        Assert.All(Annotations("crds.keep=false"), Assert.Null);
        Assert.All(
            Annotations("crds.annotations.argocd\\.argoproj\\.io/sync-options=Replace=true"),
            annotations => Assert.Equal("Replace=true", (string?)annotations?["argocd.argoproj.io/sync-options"]));

        static IEnumerable<JsonNode?> Annotations(string set = "crds.keep=true")
        {
            var definitions = Yaml.Documents(Helm.Four.Template("--set", set)).Where(item => (string)item["kind"]! == "CustomResourceDefinition").ToList();
            Assert.Equal(Directory.GetFiles(Repository.PathOf("crds"), "patchoperator.io_*.yaml").Length, definitions.Count);
            return definitions.Select(item => item["metadata"]!["annotations"]);
        }
    }

    [Fact]
    public void Every_namespaced_object_is_in_the_namespace_of_the_release_or_of_its_Jobs()
    {
        var rendered = Helm.Four.Template("--values", $"{Chart.Tests}/values/everything.yaml", "--namespace", "patching");

        Assert.DoesNotContain("patch-operator-system", rendered, StringComparison.Ordinal);
        Assert.DoesNotContain("patch-operator-jobs", rendered, StringComparison.Ordinal);
        Assert.All(
            Yaml.Documents(rendered),
            item => Assert.Contains((string?)item["metadata"]!["namespace"],
                OfTheCluster().IsMatch((string)item["kind"]!) ? new string?[] { null } : ["patching", "patching-jobs"]));
    }

    [Theory]
    [InlineData("jobs.createNamespace=true", true)]
    [InlineData("jobs.createNamespace=false", false)]
    [InlineData("jobs.namespace=patch-operator-system", false)]
    public void The_namespace_of_the_Jobs_is_the_releases_own_unless_somebody_else_makes_it(string set, bool made)
    {
        var namespaces = Yaml.Documents(Helm.Three.Template("--set", set)).Where(item => (string)item["kind"]! == "Namespace");

        Assert.Equal(made ? ["patch-operator-jobs"] : [], namespaces.Select(item => (string)item["metadata"]!["name"]!));
    }

    [Fact]
    public void Nothing_ends_in_blanks() => Assert.DoesNotMatch(Blanks(), Helm.Four.Template("--values", $"{Chart.Tests}/values/everything.yaml"));

    private static IEnumerable<string> FilesOf(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Chart.Tests, folder)).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal);

    private static JsonNode Container(string rendered) => Objects(rendered)["Deployment patch-operator"]["spec"]!["template"]!["spec"]!["containers"]![0]!;

    private static SortedDictionary<string, JsonObject> Objects(string rendered) =>
        new(Yaml.Documents(rendered).ToDictionary(item => $"{item["kind"]} {item["metadata"]!["name"]}"), StringComparer.Ordinal);

    [GeneratedRegex("^(Cluster|ValidatingAdmissionPolicy)")]
    private static partial Regex OfTheCluster();

    [GeneratedRegex(" $", RegexOptions.Multiline)]
    private static partial Regex Blanks();
}
