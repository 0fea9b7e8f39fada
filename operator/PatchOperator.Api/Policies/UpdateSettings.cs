namespace PatchOperator.Api;

/// <summary>Which updates are approved, and how they are installed.</summary>
public sealed record UpdateSettings
{
    public UpdateClassification Classification { get; init; } = UpdateClassification.Security;

    /// <summary>Of security updates, those that are less severe are not approved; those whose severity nobody knows are. Null: all.</summary>
    public UpdateSeverity? MinSeverity { get; init; }

    /// <summary>Globs of advisories and CVEs: what settles one of them is approved whatever classification, minSeverity and include say.</summary>
    public List<string> Advisories { get; init; } = [];

    /// <summary>Globs of package names; when given, only these are approved.</summary>
    public List<string> Include { get; init; } = [];

    /// <summary>Globs of package names that are never approved; stronger than include.</summary>
    public List<string> Exclude { get; init; } = [];

    /// <summary>
    /// How long after an update was first seen on any node it is approved, but for those that <see cref="Advisories"/> names. Absent: at once.
    /// </summary>
    public string? ApproveAfter { get; init; }

    /// <summary>Whether updates may bring packages that were not installed.</summary>
    public bool AllowNewPackages { get; init; } = true;

    /// <summary>
    /// Globs of the names of packages that may go where an update cannot be installed beside them; what <see cref="Exclude"/> names stays nevertheless.
    /// </summary>
    public List<string> AllowRemovals { get; init; } = [];

    /// <summary>Whether nodes wait for updates that their maker gives to others first.</summary>
    public UpdatePhasing Phasing { get; init; } = UpdatePhasing.Respect;

    /// <summary>What becomes of kernels that nothing needs any more.</summary>
    public OldKernels OldKernels { get; init; }

    /// <summary>Whether nodes may get other versions than those that their run has planned.</summary>
    public UpdateFreeze Freeze { get; init; } = UpdateFreeze.AtLeast;

    /// <summary>Whether each scan and each patch step asks the repositories first.</summary>
    public bool RefreshPackageLists { get; init; } = true;

    /// <summary>Archives that count as security besides those that are by themselves: patterns such as <c>origin=Docker</c>.</summary>
    public List<string> SecuritySources { get; init; } = [];

    /// <summary>How old a node's package lists may be before nothing is known of it.</summary>
    public string MaxListAge { get; init; } = "7d";

    /// <summary>How long installing the updates on one node may take.</summary>
    public string Timeout { get; init; } = "1h";
}
