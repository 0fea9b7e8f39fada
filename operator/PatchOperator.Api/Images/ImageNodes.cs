using k8s.Models;

namespace PatchOperator.Api;

public sealed record ImageNodes
{
    /// <summary>The nodes that should come from this image; <c>{}</c> means all.</summary>
    public V1LabelSelector? Selector { get; init; }

    public ImageIdentity IdentifyBy { get; init; } = new();
}
