using k8s.Models;

namespace PatchOperator.Api;

/// <summary>How live nodes are told to come from this image.</summary>
public sealed record ImageNodes
{
    /// <summary>The nodes that should come from this image; <c>{}</c> means all.</summary>
    public V1LabelSelector? Selector { get; init; }

    public ImageIdentity IdentifyBy { get; init; } = new();
}
