namespace PatchOperator.Api;

/// <summary>What a window says in one time zone.</summary>
public sealed record WindowZone
{
    /// <summary>IANA name of the zone.</summary>
    public string TimeZone { get; init; } = "";

    /// <summary>How many nodes of the policies that the window is for go by it.</summary>
    public int Nodes { get; init; }

    /// <summary>Whether the window is open there now.</summary>
    public bool Open { get; init; }

    /// <summary>When it opened there, or opens next; null where no opening is in sight.</summary>
    public DateTimeOffset? OpensAt { get; init; }

    /// <summary>When that opening ends.</summary>
    public DateTimeOffset? ClosesAt { get; init; }
}
