namespace PatchOperator.Contract;

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

    /// <summary>Packages that are not whole; null when it could not be found out.</summary>
    public IReadOnlyList<IncompletePackage>? Incomplete { get; init; }

    /// <summary>What is known of the archives; null when it could not be found out.</summary>
    public ListFacts? Lists { get; init; }

    /// <summary>
    /// Updates that the package manager would install now, new dependencies included, and those it would not, with the reason; null when it could not be found
    /// out.
    /// </summary>
    public IReadOnlyList<PendingUpdate>? Pending { get; init; }

    /// <summary>The advisories that pending updates settle, each once; empty where the package manager knows none.</summary>
    public IReadOnlyList<Advisory> Advisories { get; set; } = [];

    /// <summary>Whether a reboot is due; null when it could not be found out, which is neither yes nor no.</summary>
    public RebootFacts? Reboot { get; init; }

    /// <summary>
    /// Services that run code which was replaced, as the step leaves them; null when it could not be found out, as where the host runs no systemd.
    /// </summary>
    public IReadOnlyList<string>? OutdatedServices { get; init; }

    /// <summary>What this step changed, also when it failed halfway.</summary>
    public IReadOnlyList<ChangedPackage> Changed { get; set; } = [];

    /// <summary>What this step has kept on the host for a rollback; null where none was asked for, or it came to nothing.</summary>
    public KeptFacts? Kept { get; set; }

    /// <summary>
    /// Configuration files that packages of this step wanted to replace and that were kept, in place, or beside it as <c>.rpmsave</c>; at most a hundred.
    /// </summary>
    public IReadOnlyList<string> KeptConfiguration { get; set; } = [];

    /// <summary>Why a scan could not download what it was to; null where it could, or was to download nothing.</summary>
    public string? StagingFailure { get; set; }

    /// <summary>Services that were restarted, as they ran code that was replaced.</summary>
    public IReadOnlyList<string> Restarted { get; set; } = [];

    /// <summary>Approved updates that this step installed at another version than was planned.</summary>
    public IReadOnlyList<SubstitutedVersion> Substituted { get; set; } = [];

    /// <summary>Approved updates that are not installed at the approved version or a later one.</summary>
    public IReadOnlyList<ApprovedUpdate> Missing { get; set; } = [];

    /// <summary>What was run on the host, in the order in which each first was: the first hundred that differ.</summary>
    public IReadOnlyList<CommandFacts> Commands { get; set; } = [];

    public DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset FinishedAt { get; init; }
}
