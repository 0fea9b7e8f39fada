using System.Text.Json.Serialization;
using k8s.Models;

namespace PatchOperator.Api;

/// <summary>A wave of a plan that has nodes, and its rules.</summary>
public sealed record PlanWave
{
    public string Name { get; init; } = "";

    /// <summary>How many of its nodes may be unavailable at once; absent: as many as the policy lets.</summary>
    public IntOrString? MaxUnavailable { get; init; }

    /// <summary>At how many of its nodes that fail the run halts; absent: the run's own threshold alone.</summary>
    public IntOrString? FailureThreshold { get; init; }

    /// <summary>How long the wave after this one waits once this one has finished.</summary>
    public string Soak { get; init; } = "0s";

    /// <summary>The names of the health checks that are asked before it and while it soaks; absent: all of them.</summary>
    public List<string>? Checks { get; init; }

    /// <summary>Whether it begins by itself, which is not written, or once a person has approved it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public ApprovalMode Approval { get; init; }
}
