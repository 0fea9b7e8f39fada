namespace PatchOperator.Contract.Images;

/// <summary>What the image's own package manager says of it.</summary>
public sealed record ImageFindings
{
    /// <summary>The most names in <see cref="PendingNames"/>.</summary>
    public const int MaxPendingNames = 10;

    public required string OsFamily { get; init; }

    public required string OsImage { get; init; }

    public required int Packages { get; init; }

    /// <summary>See <see cref="InstalledFacts.PatchLevel"/>.</summary>
    public required string PatchLevel { get; init; }

    /// <summary>Security updates that can be installed.</summary>
    public required int PendingSecurity { get; init; }

    /// <summary>All updates that can be installed.</summary>
    public required int PendingTotal { get; init; }

    public required int Held { get; init; }

    /// <summary>Updates that cannot be installed, those on hold apart.</summary>
    public int Blocked { get; init; }

    /// <summary>How many of <see cref="Blocked"/> are security updates.</summary>
    public int BlockedSecurity { get; init; }

    /// <summary>Names of pending updates, security updates first, at most <see cref="MaxPendingNames"/>.</summary>
    public IReadOnlyList<string> PendingNames { get; set; } = [];

    /// <summary>Names of blocked updates, security updates first, at most <see cref="MaxPendingNames"/>.</summary>
    public IReadOnlyList<string> BlockedNames { get; set; } = [];

    /// <summary>How many packages are not whole.</summary>
    public int Incomplete { get; init; }

    /// <summary>Names of packages that are not whole, at most <see cref="MaxPendingNames"/>.</summary>
    public IReadOnlyList<string> IncompleteNames { get; set; } = [];

    /// <summary>For each entry of the request's <see cref="ImageRequest.Expected"/>, in its order.</summary>
    public IReadOnlyList<MissingUpdates> Expected { get; set; } = [];
}
