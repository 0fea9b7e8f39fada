using k8s.Models;

namespace PatchOperator;

/// <summary>What the command line and the environment say.</summary>
public sealed record OperatorOptions
{
    /// <summary>The namespace of the Jobs, which are privileged, and of what they mount: Secrets and volumes. The operator itself may run in another.</summary>
    public required string JobNamespace { get; init; }

    /// <summary>The operator's own pod, as NAMESPACE/NAME; null where it is none.</summary>
    public string? Pod { get; init; }

    /// <summary>The node that this pod runs on, which is patched last; null where that is not known.</summary>
    public string? Node { get; init; }

    /// <summary>The image of the agent: the operator's own.</summary>
    public required string AgentImage { get; init; }

    /// <summary>The image of the tools that build, test and scan images; of the same build as the operator's own.</summary>
    public required string ToolsImage { get; init; }

    /// <summary>How many nodes of the whole cluster may be unavailable at once, whatever the policies say.</summary>
    public IntOrString MaxUnavailable { get; init; } = "100%";

    /// <summary>How many nodes are scanned at once, so that neither the API server nor a mirror sees the whole fleet at once.</summary>
    public int MaxScans { get; init; } = 25;

    /// <summary>The base address of an OpenTelemetry collector that metrics are pushed to, by OTLP over HTTP; null: nowhere.</summary>
    public Uri? OtlpEndpoint { get; init; }
}
