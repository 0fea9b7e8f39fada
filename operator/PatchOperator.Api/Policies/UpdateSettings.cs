namespace PatchOperator.Api;

/// <summary>Which updates are approved, and how they are installed.</summary>
public sealed record UpdateSettings
{
    public UpdateClassification Classification { get; init; } = UpdateClassification.Security;

    /// <summary>Globs of package names; when given, only these are approved.</summary>
    public List<string> Include { get; init; } = [];

    /// <summary>Globs of package names that are never approved; stronger than include.</summary>
    public List<string> Exclude { get; init; } = [];

    /// <summary>Whether each scan and each patch step asks the repositories first.</summary>
    public bool RefreshPackageLists { get; init; } = true;

    /// <summary>How long installing the updates on one node may take.</summary>
    public string Timeout { get; init; } = "1h";
}
