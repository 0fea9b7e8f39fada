using PatchOperator.Engine.World;

namespace PatchOperator.Cli.Files;

/// <summary>Nodes as <c>kubectl get nodes -o yaml</c> gives them, or <c>-o json</c>.</summary>
internal static class NodeFile
{
    /// <summary>What the engine needs to know of each.</summary>
    public static IReadOnlyList<NodeFacts> Read(string file) => [.. ManifestFile.Read(file).Where(manifest => manifest.Kind == "Node").Select(Of)];

    private static NodeFacts Of(Manifest manifest) => new()
    {
        Name = manifest.Name,
        Uid = manifest.Name,
        Labels = manifest.Texts("metadata", "labels"),
        Annotations = manifest.Texts("metadata", "annotations"),
    };
}
