using PatchOperator.Api;

namespace PatchOperator.Engine.Nodes;

/// <summary>A Job to create on a node.</summary>
public sealed record JobRequest
{
    public required string Name { get; init; }

    public required OperationStep Step { get; init; }

    /// <summary>Names the step's unit on the host; the same for every attempt, so that a second attempt finds the first one's unit.</summary>
    public required string Operation { get; init; }

    public string? Run { get; init; }

    public IReadOnlyList<NodeUpdate> Updates { get; init; } = [];

    public bool RefreshPackageLists { get; init; }

    /// <summary>The policy's: archives that count as security besides those that are by themselves.</summary>
    public IReadOnlyList<string> SecuritySources { get; init; } = [];

    public required TimeSpan Timeout { get; init; }

    /// <summary>The node's boot ID, for a reboot.</summary>
    public string? BootId { get; init; }
}
