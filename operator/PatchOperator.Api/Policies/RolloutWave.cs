using k8s.Models;

namespace PatchOperator.Api;

/// <summary>Some of a run's nodes that are patched before others.</summary>
public sealed record RolloutWave
{
    /// <summary>The name of the last wave, of the nodes that no other takes.</summary>
    public const string Rest = "rest";

    public string Name { get; init; } = "";

    /// <summary>Which of the nodes that no earlier wave takes; either this or <see cref="Size"/> is given.</summary>
    public V1LabelSelector? NodeSelector { get; init; }

    /// <summary>How many of them, or the share of the run's nodes, rounded up.</summary>
    public IntOrString? Size { get; init; }

    /// <summary>How many of the wave's nodes may be unavailable at once; absent: as many as the policy lets. It never allows more than that.</summary>
    public IntOrString? MaxUnavailable { get; init; }

    /// <summary>The number, or the share rounded up, of the wave's nodes that fail at which the run halts; absent: the run's own threshold alone.</summary>
    public IntOrString? FailureThreshold { get; init; }

    /// <summary>How long the wave after this one waits once this one has finished.</summary>
    public string Soak { get; init; } = "0s";

    /// <summary>The names of the health checks that are asked before the wave and while it soaks; absent: all of them.</summary>
    public List<string>? Checks { get; init; }

    /// <summary>Whether the wave begins by itself, or once a person has approved it.</summary>
    public ApprovalMode Approval { get; init; }
}
