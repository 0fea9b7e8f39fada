namespace PatchOperator.Api;

/// <summary>Frozen when the run is made.</summary>
public sealed record PatchRunSpec
{
    public PolicyReference Policy { get; init; } = new();

    /// <summary>The window whose opening started the run.</summary>
    public string Window { get; init; } = "";

    /// <summary>When that window opened.</summary>
    public DateTimeOffset WindowOpenedAt { get; init; }

    public RunTrigger Trigger { get; init; }

    /// <summary>What the policy said when the run was made.</summary>
    public RunSettings Settings { get; init; } = new();

    /// <summary>The nodes to patch, in order.</summary>
    public List<RunNode> Nodes { get; init; } = [];

    /// <summary>What is approved: the same versions for the first node and for the last.</summary>
    public List<RunUpdate> Updates { get; init; } = [];
}
