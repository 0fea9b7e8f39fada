using k8s.Models;

namespace PatchOperator.Api;

/// <summary>The container that builds.</summary>
public sealed record ImageBuilder
{
    public ImageBuilderType Type { get; init; }

    /// <summary>The image of the build container; required for Custom, else the operator's own tools.</summary>
    public string? Image { get; init; }

    /// <summary>Custom: the command, instead of the image's entrypoint.</summary>
    public List<string> Command { get; init; } = [];

    /// <summary>Custom: whether the build container is privileged. The other builders always are.</summary>
    public bool Privileged { get; init; }

    public V1ResourceRequirements? Resources { get; init; }

    /// <summary>How long one build may take, tests and scan included.</summary>
    public string Timeout { get; init; } = "1h";
}
