namespace PatchOperator.Api;

/// <summary>How many updates a scan found, also where the list of them is cut.</summary>
public sealed record PendingCount
{
    /// <summary>Security updates that can be installed.</summary>
    public int Security { get; init; }

    /// <summary>All updates that can be installed.</summary>
    public int Total { get; init; }

    /// <summary>Updates of packages on hold.</summary>
    public int Held { get; init; }

    /// <summary>Updates that cannot be installed, those on hold apart.</summary>
    public int Blocked { get; init; }

    /// <summary>How many of <see cref="Blocked"/> are security updates.</summary>
    public int BlockedSecurity { get; init; }
}
