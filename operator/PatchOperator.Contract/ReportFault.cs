namespace PatchOperator.Contract;

/// <summary>Why a report is not to be had of a log.</summary>
public enum ReportFault
{
    /// <summary>The log has none, or is gone.</summary>
    Missing,

    /// <summary>The log ends before it does.</summary>
    Cut,

    /// <summary>All of it is there, and it is another than the summary speaks of.</summary>
    Altered,
}
