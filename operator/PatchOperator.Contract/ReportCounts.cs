namespace PatchOperator.Contract;

/// <summary>Counts of a report; null where the report could not say.</summary>
/// <param name="Packages">How many packages are installed.</param>
/// <param name="PendingSecurity">Security updates that can be installed.</param>
/// <param name="PendingTotal">All updates that can be installed.</param>
/// <param name="Held">Updates of packages on hold.</param>
/// <param name="Changed">What the step changed.</param>
/// <param name="Missing">Approved updates that are not installed.</param>
/// <param name="Incomplete">Packages that are not whole.</param>
/// <param name="Blocked">Updates that cannot be installed, those on hold apart.</param>
/// <param name="BlockedSecurity">How many of <paramref name="Blocked"/> are security updates.</param>
/// <param name="OutdatedServices">Services that run code which was replaced.</param>
public sealed record ReportCounts(
    int? Packages, int? PendingSecurity, int? PendingTotal, int? Held, int Changed, int Missing, int? Incomplete = null, int? Blocked = null,
        int? BlockedSecurity = null, int? OutdatedServices = null);
