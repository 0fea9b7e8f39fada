namespace PatchOperator.Api;

/// <summary>What is kept on a node so that its last patch can be rolled back, until the next one.</summary>
public sealed record KeptPackages
{
    /// <summary>How many packages.</summary>
    public int Packages { get; init; }

    /// <summary>What they take on the node's disk.</summary>
    public long Bytes { get; init; }

    /// <summary>Packages that could not be kept, at most twenty: a rollback needs an archive that still has them.</summary>
    public List<string> Without { get; init; } = [];
}
