using PatchOperator.Api;

namespace PatchOperator.Engine.Facts;

/// <summary>A Job to create that a policy has a template for: of a hook, or of a health check.</summary>
public sealed record HookJobRequest
{
    public required string Name { get; init; }

    /// <summary>The hook, such as <c>beforeDrain</c>, or the name of the health check.</summary>
    public required string Hook { get; init; }

    /// <summary>Whether it is a health check.</summary>
    public bool IsCheck { get; init; }

    public required JobTemplate Template { get; init; }

    public required string Run { get; init; }

    /// <summary>The run's UID, where the Job belongs to the run itself, which takes it along; null where it belongs to a node's turn.</summary>
    public string? RunUid { get; init; }

    /// <summary>The policy in whose name it is made; null when there is none any more.</summary>
    public string? Policy { get; init; }

    /// <summary>The node whose turn it belongs to; null where it belongs to the run itself.</summary>
    public string? Node { get; init; }

    /// <summary>The node's wave, or for a check the wave whose turn it is; null where there is none.</summary>
    public string? Wave { get; init; }

    /// <summary>The first Job of the same turn, which takes this one along when it is deleted; null for the first one.</summary>
    public (string Name, string Uid)? Owner { get; init; }
}
