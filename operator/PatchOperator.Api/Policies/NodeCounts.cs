namespace PatchOperator.Api;

/// <summary>How many nodes a policy has, by state.</summary>
public sealed record NodeCounts
{
    public int Matched { get; init; }

    public int Compliant { get; init; }

    public int NonCompliant { get; init; }

    public int PendingReboot { get; init; }

    public int InProgress { get; init; }

    public int Failed { get; init; }

    public int Unknown { get; init; }

    /// <summary>Nodes that joined late, were away for long, or went back, and have not been verified since.</summary>
    public int Quarantined { get; init; }

    /// <summary>Nodes that have nothing to be patched; they are in no other count but matched.</summary>
    public int Exempt { get; init; }

    /// <summary>Nodes the selector matches that belong to another policy, of a higher priority or older.</summary>
    public int ClaimedByOthers { get; init; }

    /// <summary>Compliant of matched without the exempt, as in <c>2/3</c>.</summary>
    public string Summary { get; init; } = "";
}
