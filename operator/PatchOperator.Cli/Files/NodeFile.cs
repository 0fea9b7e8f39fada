using PatchOperator.Engine.World;
using YamlDotNet.RepresentationModel;

namespace PatchOperator.Cli.Files;

/// <summary>Nodes as <c>kubectl get nodes -o yaml</c> gives them, or <c>-o json</c>.</summary>
internal static class NodeFile
{
    /// <summary>What the engine needs to know of each. One that says nothing of its status, as one that was written by hand, is Ready.</summary>
    public static IReadOnlyList<NodeFacts> Read(string file) => [.. ManifestFile.Read(file).Where(manifest => manifest.Kind == "Node").Select(Of)];

    private static NodeFacts Of(Manifest manifest)
    {
        var (labels, annotations) = (manifest.Texts("metadata", "labels"), manifest.Texts("metadata", "annotations"));
        return new NodeFacts
        {
            Name = manifest.Name,
            Uid = manifest.Name,
            Labels = labels,
            Annotations = annotations,
            Unschedulable = Text(manifest.Find("spec", "unschedulable")) == "true",
            CordonedBy = annotations.GetValueOrDefault(Api.ApiGroup.CordonedByAnnotation),
            Leaving = Items(manifest.Find("spec", "taints")).Any(taint => Text(Manifest.Child(taint, "key")) == NodeFacts.LeavingTaint),
            Ready = Items(manifest.Find("status", "conditions")).All(
                condition => Text(Manifest.Child(condition, "type")) != "Ready" || Text(Manifest.Child(condition, "status")) == "True"),
        };
    }

    private static IEnumerable<YamlMappingNode> Items(YamlNode? list) => (list as YamlSequenceNode)?.OfType<YamlMappingNode>() ?? [];

    private static string? Text(YamlNode? node) => (node as YamlScalarNode)?.Value;
}
