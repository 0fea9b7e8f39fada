namespace PatchOperator.Api;

/// <summary>What a person asks for outside of the usual times.</summary>
public sealed record RunEmergency
{
    /// <summary>Why, in words.</summary>
    public string? Reason { get; init; }

    /// <summary>Globs of package names: only these, and what they need anew, of what the policy approves; none: all of that.</summary>
    public List<string> Packages { get; init; } = [];

    /// <summary>Whether nodes begin in blackouts as well.</summary>
    public bool OverrideBlackouts { get; init; }
}
