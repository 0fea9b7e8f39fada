using k8s.Models;

namespace PatchOperator.Resources;

/// <summary>What objects are marked with.</summary>
internal static class MetadataExtensions
{
    /// <summary>The value of a label; null where there is none.</summary>
    public static string? Label(this V1ObjectMeta metadata, string name) => metadata.Labels?.TryGetValue(name, out var value) == true ? value : null;

    /// <summary>The value of an annotation; null where there is none.</summary>
    public static string? Annotation(this V1ObjectMeta metadata, string name) =>
        metadata.Annotations?.TryGetValue(name, out var value) == true ? value : null;
}
