namespace PatchOperator.Contract;

/// <summary>Why a report is not to be had of a log.</summary>
public enum ReportFault
{
    /// <summary>The log has none, or is gone.</summary>
    Missing,

    /// <summary>The log has no more than parts of it.</summary>
    Cut,

    /// <summary>The log has a whole one, which is another than the summary speaks of.</summary>
    Altered,
}
