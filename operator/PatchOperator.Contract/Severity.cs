namespace PatchOperator.Contract;

/// <summary>How bad a defect is, in the words that makers of rpm distributions share; in the order of what is worse.</summary>
public enum Severity
{
    /// <summary>Hard to exploit, or of little consequence.</summary>
    Low,

    /// <summary>Harder to exploit, or less likely; also called medium.</summary>
    Moderate,

    /// <summary>Easy to compromise confidentiality, integrity or availability; also called high.</summary>
    Important,

    /// <summary>Exploited by anyone from afar without a person's help.</summary>
    Critical,
}
