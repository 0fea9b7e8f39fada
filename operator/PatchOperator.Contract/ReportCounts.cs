namespace PatchOperator.Contract;

/// <summary>Counts of a report; null where the report could not say.</summary>
public sealed record ReportCounts(int? Packages, int? PendingSecurity, int? PendingTotal, int? Held, int Changed, int Missing);
