using PatchOperator.Contract;

namespace PatchOperator.Agent.Packages.Rpm;

/// <summary>How bad a notice says that a defect is: in the words of Red Hat and SUSE, or of those that rate as CVSS does.</summary>
internal static class RpmSeverity
{
    /// <summary>Null for any other word.</summary>
    public static Severity? Parse(string word) => word.ToUpperInvariant() switch
    {
        "CRITICAL" => Severity.Critical,
        "IMPORTANT" or "HIGH" => Severity.Important,
        "MODERATE" or "MEDIUM" => Severity.Moderate,
        "LOW" => Severity.Low,
        _ => null,
    };
}
