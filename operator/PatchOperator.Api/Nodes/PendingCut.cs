namespace PatchOperator.Api;

/// <summary>What of the updates that a scan found is not listed.</summary>
public sealed record PendingCut
{
    /// <summary>Updates that are not listed; 0 where only advisories or vulnerabilities of listed ones are missing.</summary>
    public int Updates { get; init; }

    /// <summary>How many of <see cref="Updates"/> the policy asks for, and could be installed.</summary>
    public int Wanted { get; init; }

    /// <summary>How many of <see cref="Updates"/> the policy asks for, and cannot be installed.</summary>
    public int WantedBlocked { get; init; }

    /// <summary>When those of <see cref="Wanted"/> were first seen that wait to be approved, as far as there is room; absent where none does.</summary>
    public List<SeenUpdates>? Seen { get; init; }

    /// <summary>sha256 of what the policy asked for then, by which was told what comes first; absent where the node had no policy.</summary>
    public string? Rules { get; init; }
}
