namespace PatchOperator.Api;

/// <summary>What a person asks to be undone.</summary>
public sealed record RunRollback
{
    /// <summary>The name of the PatchRun whose changes are taken back.</summary>
    public string Run { get; init; } = "";

    /// <summary>Why, in words.</summary>
    public string? Reason { get; init; }

    /// <summary>The names of the nodes; none: all of that run.</summary>
    public List<string> Nodes { get; init; } = [];
}
