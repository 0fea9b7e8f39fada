namespace PatchOperator.Api;

/// <summary>What must be well with a node, besides its packages, for its turn to succeed.</summary>
public sealed record VerifySettings
{
    /// <summary>Whether units of systemd that ran before the turn are to run after it, and none that had not failed is to have failed.</summary>
    public bool Units { get; init; } = true;

    /// <summary>Programs that the node's administrator has put there for this, by their names: each is to exit with 0.</summary>
    public List<string> Commands { get; init; } = [];
}
