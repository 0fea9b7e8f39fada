namespace PatchOperator.Agent.Contract;

/// <summary>What a step found and did. Printed as one JSON document between two marker lines, see <see cref="ReportFormat"/>.</summary>
public sealed record AgentReport
{
    /// <summary>The version of this document.</summary>
    public const string CurrentSchema = "patchoperator.io/v1alpha1/report";

    public string Schema { get; init; } = CurrentSchema;

    public required AgentStep Step { get; init; }

    public required AgentResult Result { get; init; }

    /// <summary>A constant of <see cref="AgentReasons"/>.</summary>
    public required string Reason { get; init; }

    /// <summary>One sentence for a person: what happened, and what to do about it.</summary>
    public required string Message { get; init; }

    public required HostFacts Host { get; init; }

    /// <summary>What is installed; null when it could not be found out.</summary>
    public InstalledFacts? Installed { get; init; }

    /// <summary>Updates that the package manager would install now, new dependencies included; null when it could not be found out.</summary>
    public IReadOnlyList<PendingUpdate>? Pending { get; init; }

    /// <summary>Whether a reboot is due; null when it could not be found out, which is neither yes nor no.</summary>
    public RebootFacts? Reboot { get; init; }

    /// <summary>What this step changed, also when it failed halfway.</summary>
    public IReadOnlyList<ChangedPackage> Changed { get; set; } = [];

    /// <summary>Approved updates that are not installed at the approved version or a later one.</summary>
    public IReadOnlyList<ApprovedUpdate> Missing { get; set; } = [];

    public DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset FinishedAt { get; init; }
}

/// <summary>How a step ended. The number is the agent's exit code.</summary>
public enum AgentResult
{
    Done = 0,
    NothingToDo = 10,
    PreconditionFailed = 20,
    PackageManagerFailed = 30,
    VerificationFailed = 40,
}

/// <param name="OsImage">PRETTY_NAME of os-release.</param>
/// <param name="OsFamily">ID and VERSION_ID of os-release joined by a dash, such as <c>debian-12</c>.</param>
/// <param name="KernelVersion">The running kernel, as <c>uname -r</c> prints it.</param>
/// <param name="Architecture">The package manager's name of the architecture, such as <c>amd64</c>.</param>
/// <param name="PackageManager">Such as <c>apt</c>.</param>
public sealed record HostFacts(string OsImage, string OsFamily, string KernelVersion, string Architecture, string PackageManager);

/// <param name="Packages">How many packages are installed.</param>
/// <param name="PatchLevel">sha256, in hexadecimal, of the sorted lines <c>name=version</c>: equal levels are equal software.</param>
public sealed record InstalledFacts(int Packages, string PatchLevel);

/// <param name="Name">The package's name.</param>
/// <param name="Installed">The installed version; empty for a dependency that an update brings in anew.</param>
/// <param name="Candidate">The version that would be installed.</param>
/// <param name="Security">Whether the candidate, or a version between, comes from a security archive, or is needed by one that does.</param>
/// <param name="Held">Whether an administrator has put the package on hold: it is reported, never approved, never touched.</param>
public sealed record PendingUpdate(string Name, string Installed, string Candidate, bool Security, bool Held);

/// <param name="Required">Whether the host needs a reboot for what is installed to be what runs.</param>
/// <param name="Because">Why, a line each, for a person.</param>
public sealed record RebootFacts(bool Required, IReadOnlyList<string> Because);

/// <param name="Name">The package's name.</param>
/// <param name="From">The version before; empty when it was not installed.</param>
/// <param name="To">The version after; empty when it was removed.</param>
public sealed record ChangedPackage(string Name, string From, string To);

/// <summary>Why a step ended as it did. Each is explained to people in the operator's documentation.</summary>
public static class AgentReasons
{
    public const string Completed = "Completed";
    public const string NothingToDo = "NothingToDo";
    public const string InvalidRequest = "InvalidRequest";
    public const string UnsupportedSystem = "UnsupportedSystem";
    public const string LockHeld = "LockHeld";
    public const string DiskFull = "DiskFull";
    public const string RepositoryUnavailable = "RepositoryUnavailable";
    public const string InterruptedPackageManager = "InterruptedPackageManager";
    public const string VersionUnavailable = "VersionUnavailable";
    public const string UnapprovedChange = "UnapprovedChange";
    public const string PackageManagerFailed = "PackageManagerFailed";
    public const string UpdatesMissing = "UpdatesMissing";
    public const string RebootRequested = "RebootRequested";
    public const string RebootFailed = "RebootFailed";
    public const string TimedOut = "TimedOut";
    public const string AgentFailed = "AgentFailed";
}
