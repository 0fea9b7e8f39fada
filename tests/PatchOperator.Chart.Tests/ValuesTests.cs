using System.Text.Json.Nodes;

namespace PatchOperator.Chart.Tests;

/// <summary>The values that the chart takes.</summary>
public class ValuesTests
{
    private static readonly string Defaults = File.ReadAllText($"{Chart.Folder}/values.yaml");
    private static readonly string EverythingFile = $"{Chart.Tests}/values/everything.yaml";

    [Theory]
    [InlineData("replica=2", "replica")]
    [InlineData("replicas=-1", "replicas")]
    [InlineData("replicas=two", "replicas")]
    [InlineData("image.name=patch-operator", "image")]
    [InlineData("image.repository=patch-operator:dev", "image.repository")]
    [InlineData("image.digest=sha256:1234", "image.digest")]
    [InlineData("toolsImage.tag=not a tag", "toolsImage.tag")]
    [InlineData("toolsImage.pullPolicy=Always", "toolsImage")]
    [InlineData("image.pullPolicy=Sometimes", "image.pullPolicy")]
    [InlineData("imagePullSecrets[0]=registry", "imagePullSecrets.0")]
    [InlineData("maxUnavailable=0", "maxUnavailable")]
    [InlineData("maxUnavailable=101%", "maxUnavailable")]
    [InlineData("log.level=verbose", "log.level")]
    [InlineData("log.format=xml", "log.format")]
    [InlineData("podDisruptionBudget.maxUnavailable=0%", "podDisruptionBudget.maxUnavailable")]
    [InlineData("fourEyes.enabled=always", "fourEyes.enabled")]
    [InlineData("networkPolicy.egress[0].form=x", "networkPolicy.egress.0")]
    [InlineData("metrics.serviceMonitor.interval=often", "metrics.serviceMonitor.interval")]
    [InlineData("metrics.otlp.endpoint=collector:4318", "metrics.otlp.endpoint")]
    [InlineData("metrics.enabled=true", "metrics")]
    [InlineData("crds.keep=perhaps", "crds.keep")]
    [InlineData("resources.request.cpu=1", "resources")]
    [InlineData("tolerations[0].effects=NoSchedule", "tolerations.0")]
    [InlineData("affinity.nodes=x", "affinity")]
    [InlineData("topologySpreadConstraints[0].maxSkew=1", "topologySpreadConstraints.0")]
    [InlineData("extraEnv[0].name=AGENT_IMAGE", "extraEnv.0.name")]
    [InlineData("extraVolumeMounts[0].name=tmp", "extraVolumeMounts.0")]
    [InlineData("podLabels.replicas=1", "podLabels.replicas")]
    [InlineData("commonAnnotations.reviewed=true", "commonAnnotations.reviewed")]
    public void A_bad_value_is_refused_by_name(string set, string field)
    {
        foreach (var helm in new[] { Helm.Three, Helm.Four })
        {
            var refusal = helm.Refusal("--set", set);
            Assert.Contains("values don't meet the specifications of the schema", refusal, StringComparison.Ordinal);
            Assert.Contains(field, refusal, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Every_value_is_described()
    {
        var table = File.ReadLines($"{Chart.Folder}/README.md").ToList();

        foreach (var (path, _) in Yaml.Leaves(Defaults))
            Assert.Single(table, line => line.StartsWith($"| `{path}` | ", StringComparison.Ordinal) && !line.EndsWith("|  |", StringComparison.Ordinal));
    }

    [Fact]
    public void The_schema_has_every_value_and_no_other()
    {
        var schema = JsonNode.Parse(File.ReadAllText($"{Chart.Folder}/values.schema.json"))!.AsObject();
        var leaves = Yaml.Leaves(Defaults).Select(leaf => leaf.Path).ToList();

        foreach (var path in leaves)
            Assert.True(path.Split('.').Aggregate((JsonNode?)schema, (node, name) => node?["properties"]?[name]) is not null, $"the schema lacks {path}");
        Assert.Equal(
            leaves.Select(path => path.Split('.')[0]).Distinct().Append("global").Order(),
            schema["properties"]!.AsObject().Select(property => property.Key).Order());
    }

    /// <summary>Each value makes a difference: given alone, or missing where all are given.</summary>
    [Fact]
    public void Every_value_is_used()
    {
        var everything = Yaml.Documents(File.ReadAllText(EverythingFile)).Single();
        var withoutAny = Helm.Four.Template();
        var withAll = Helm.Four.Template("--values", EverythingFile);

        var unused = Yaml.Leaves(Defaults).Where(leaf =>
        {
            var other = leaf.Path.Split('.').Aggregate((JsonNode?)everything, (node, name) => node?[name]);
            Assert.False(JsonNode.DeepEquals(leaf.Value, other), $"values/everything.yaml needs another {leaf.Path} than the default");
            return Helm.Four.Template("--set-json", Set(leaf.Path, other)) == withoutAny
                && Helm.Four.Template("--values", EverythingFile, "--set-json", Set(leaf.Path, leaf.Value)) == withAll;
        });

        Assert.Empty(unused.Select(leaf => leaf.Path));
    }

    private static string Set(string path, JsonNode? value) => $"{path}={value?.ToJsonString() ?? "null"}";
}
