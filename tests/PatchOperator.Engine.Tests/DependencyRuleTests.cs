using System.Xml.Linq;

namespace PatchOperator.Engine.Tests;

/// <summary>Who may know whom: the rule that keeps decisions free of I/O and the agent free of Kubernetes.</summary>
public class DependencyRuleTests
{
    [Theory]
    [InlineData("PatchOperator.Api", new string[0], new string[0])]
    [InlineData("PatchOperator.Contract", new string[0], new string[0])]
    [InlineData("PatchOperator.Engine", new[] { "PatchOperator.Api", "PatchOperator.Contract" }, new[] { "NodaTime" })]
    [InlineData("PatchOperator.Registry", new[] { "PatchOperator.Contract" }, new string[0])]
    [InlineData("PatchOperator.Agent", new[] { "PatchOperator.Contract", "PatchOperator.Registry" }, new[] { "System.CommandLine", "ZstdSharp.Port" })]
    [InlineData("PatchOperator.Cli", new[] { "PatchOperator.Api", "PatchOperator.Engine" }, new[] { "System.CommandLine", "YamlDotNet" })]
    [InlineData(
        "PatchOperator",
        new[] { "PatchOperator.Api", "PatchOperator.Cli", "PatchOperator.Contract", "PatchOperator.Engine", "PatchOperator.Registry" },
        new[] { "OpenTelemetry", "OpenTelemetry.Exporter.OpenTelemetryProtocol", "System.CommandLine", "YamlDotNet" })]
    public void A_project_refers_to_nothing_else(string project, string[] projects, string[] packages)
    {
        var file = XDocument.Load(Repository.PathOf($"operator/{project}/{project}.csproj"));

        Assert.Equal(projects, Included(file, "ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path)).Order());
        Assert.Equal(packages, Included(file, "PackageReference").Order());
    }

    [Fact]
    public void The_agent_and_the_engine_do_not_use_the_Kubernetes_client()
    {
        foreach (var project in new[] { "PatchOperator.Agent", "PatchOperator.Engine" })
            foreach (var file in Directory.EnumerateFiles(Repository.PathOf($"operator/{project}"), "*.cs", SearchOption.AllDirectories))
                Assert.DoesNotContain(File.ReadLines(file), line => line is "using k8s;" || line.StartsWith("using KubeOps", StringComparison.Ordinal));
    }

    private static IEnumerable<string> Included(XDocument file, string element) =>
        file.Descendants(element).Select(reference => reference.Attribute("Include")!.Value);
}
