using PatchOperator.Api;

namespace PatchOperator.Engine.Facts;

/// <summary>A Job to create on a node.</summary>
public sealed record JobRequest
{
    public required string Name { get; init; }

    /// <summary>The node that it works on.</summary>
    public required string Node { get; init; }

    /// <summary>The policy in whose name it is made; null when there is none any more.</summary>
    public string? Policy { get; init; }

    /// <summary>The first Job of the same turn, which takes this one along when it is deleted; null for the first one.</summary>
    public (string Name, string Uid)? Owner { get; init; }

    public required OperationStep Step { get; init; }

    /// <summary>Names the step's unit on the host; the same for every attempt, so that a second attempt finds the first one's unit.</summary>
    public required string Operation { get; init; }

    public string? Run { get; init; }

    public IReadOnlyList<NodeUpdate> Updates { get; init; } = [];

    /// <summary>What becomes of those that the node's archives do not offer.</summary>
    public UpdateFreeze Freeze { get; init; }

    public bool RefreshPackageLists { get; init; }

    /// <summary>The policy's: archives that count as security besides those that are by themselves.</summary>
    public IReadOnlyList<string> SecuritySources { get; init; } = [];

    public required TimeSpan Timeout { get; init; }

    /// <summary>The node's boot ID: what the Job finds is of that boot.</summary>
    public string? BootId { get; init; }
}
