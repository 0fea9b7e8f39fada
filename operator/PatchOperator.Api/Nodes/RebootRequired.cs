namespace PatchOperator.Api;

/// <summary>Whether a reboot is due on a node, since when, and why.</summary>
public sealed record RebootRequired
{
    /// <summary><c>True</c>, <c>False</c> or, when it could not be found out, <c>Unknown</c>.</summary>
    public string Status { get; init; } = "Unknown";

    public DateTimeOffset Since { get; init; }

    public List<string> Because { get; init; } = [];
}
