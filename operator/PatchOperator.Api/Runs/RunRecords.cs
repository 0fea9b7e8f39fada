namespace PatchOperator.Api;

/// <summary>The PatchRecords of a run.</summary>
public sealed record RunRecords
{
    /// <summary>How many there are.</summary>
    public int Count { get; init; }

    /// <summary>How many nodes are in them.</summary>
    public int Nodes { get; init; }

    /// <summary>The digest of the last one, as the next would name it.</summary>
    public string Digest { get; init; } = "";
}
