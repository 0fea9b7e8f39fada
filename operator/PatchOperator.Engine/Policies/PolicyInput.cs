using PatchOperator.Api;

namespace PatchOperator.Engine.Policies;

/// <summary>Everything a decision about one policy is made from.</summary>
public sealed record PolicyInput
{
    public required PatchPolicy Policy { get; init; }

    /// <summary>Empty when the spec is valid.</summary>
    public required IReadOnlyList<SpecError> Errors { get; init; }

    /// <summary>The nodes that belong to the policy, by name.</summary>
    public required IReadOnlyList<NodeView> Nodes { get; init; }

    public int ClaimedByOthers { get; init; }

    /// <summary>The states of the policy's windows.</summary>
    public IReadOnlyList<NamedWindow> Windows { get; init; } = [];

    /// <summary>The policy's runs, finished ones included.</summary>
    public IReadOnlyList<PatchRun> Runs { get; init; } = [];

    public required DateTimeOffset Now { get; init; }
}
