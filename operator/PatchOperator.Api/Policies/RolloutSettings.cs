using System.Text.Json.Serialization;
using k8s.Models;

namespace PatchOperator.Api;

/// <summary>How many nodes are patched at once, and when to stop.</summary>
public record RolloutSettings
{
    /// <summary>How many of the policy's nodes may be unavailable at once, whoever made them so; a share rounds down, to one at least.</summary>
    public IntOrString MaxUnavailable { get; init; } = 1;

    /// <summary>The number, or the share rounded up, of failed nodes at which the run halts.</summary>
    public IntOrString FailureThreshold { get; init; } = 1;

    /// <summary>How long a node must be Ready after its reboot before it is verified.</summary>
    public int MinReadySeconds { get; init; } = 10;

    /// <summary>What becomes of nodes in flight when the window closes. That they finish is not written.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public WindowCloseAction OnWindowClose { get; init; }

    /// <summary>These settings alone, of a policy that has more.</summary>
    public RolloutSettings Frozen() => new(this);
}
