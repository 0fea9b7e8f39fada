using PatchOperator.Contract;

namespace PatchOperator.Agent.Run;

/// <summary>What a step has found out so far: a step that fails reports what is known by then.</summary>
/// <param name="commands">What was run for it.</param>
internal sealed class ReportDraft(CommandLog commands)
{
    public CommandLog Commands => commands;

    public AgentStep Step { get; set; }

    public HostFacts Host { get; set; } = new("", "", "", "", "");

    public InstalledFacts? Installed { get; set; }

    public IReadOnlyList<IncompletePackage>? Incomplete { get; set; }

    public ListFacts? Lists { get; set; }

    public IReadOnlyList<PendingUpdate>? Pending { get; set; }

    public IReadOnlyList<Advisory> Advisories { get; set; } = [];

    public RebootFacts? Reboot { get; set; }

    public IReadOnlyList<string>? OutdatedServices { get; set; }

    public IReadOnlyList<ChangedPackage> Changed { get; set; } = [];

    public KeptFacts? Kept { get; set; }

    public IReadOnlyList<string> KeptConfiguration { get; set; } = [];

    public string? StagingFailure { get; set; }

    public IReadOnlyList<string> Restarted { get; set; } = [];

    public IReadOnlyList<SubstitutedVersion> Substituted { get; set; } = [];

    public IReadOnlyList<ApprovedUpdate> Missing { get; set; } = [];

    public AgentReport Finish(StepOutcome outcome, DateTimeOffset startedAt, DateTimeOffset finishedAt) => new()
    {
        Step = Step,
        Result = outcome.Result,
        Reason = outcome.Reason,
        Message = outcome.Message,
        Host = Host,
        Installed = Installed,
        Incomplete = Incomplete,
        Lists = Lists,
        Pending = Pending,
        Advisories = Advisories,
        Reboot = Reboot,
        OutdatedServices = OutdatedServices,
        Changed = Changed,
        Kept = Kept,
        KeptConfiguration = KeptConfiguration,
        StagingFailure = StagingFailure,
        Restarted = Restarted,
        Substituted = Substituted,
        Missing = Missing,
        Commands = commands.Facts,
        StartedAt = startedAt,
        FinishedAt = finishedAt,
    };
}
