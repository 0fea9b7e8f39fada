using PatchOperator.Agent.Hosts;
using PatchOperator.Agent.Mutations;
using PatchOperator.Agent.Packages;
using PatchOperator.Agent.Reboots;
using PatchOperator.Agent.Run;
using PatchOperator.Contract;

namespace PatchOperator.Agent.Steps;

/// <summary>What every step works with.</summary>
internal sealed class StepContext
{
    private const string Mark = "patchoperator-";
    private const string Patch = "-patch";

    private bool refreshed;

    public required AgentRequest Request { get; init; }

    public required ReportDraft Draft { get; init; }

    public required Deadline Deadline { get; init; }

    public required Progress Progress { get; init; }

    public required HostCommands Commands { get; init; }

    public required IMutations Mutations { get; init; }

    public required StateDirectory State { get; init; }

    public required RebootDetector Reboots { get; init; }

    public required ProcFiles Processes { get; init; }

    /// <summary>The host's PID 1.</summary>
    public required int InitPid { get; init; }

    /// <summary>The request's, read.</summary>
    public UpdateRules Rules => new(
        [.. Request.SecuritySources.Select(SecuritySource.Parse).OfType<SecuritySource>()], Request.IgnorePhasing, Request.AllowNewPackages,
        Request.AllowRemovals);

    /// <summary>The patch of the request's operation, as it is called on the host: a rollback of it must know what it left.</summary>
    public string PatchMutation => $"{Mark}{Request.Operation}{Patch}";

    /// <summary>What finishes before it what an interrupted run of the package manager has left.</summary>
    public string PatchRepairMutation => RepairOf(PatchMutation);

    public PatchJournal Journal => new(State, new StateDirectory(Commands.Root, StateDirectory.UntilReboot), PatchMutation);

    public UnitCheck Units => new(this);

    /// <summary>Writes the report now, for a step that may not live to see its end.</summary>
    public required Action<StepOutcome> Publish { get; init; }

    /// <exception cref="InvalidRequestException">There is no host at the root given.</exception>
    public static StepContext Open(
        AgentRequest request, AgentOptions options, ReportDraft draft, Deadline deadline, Progress progress, Action<StepOutcome> publish)
    {
        if (!Directory.Exists(options.HostRoot))
            throw new InvalidRequestException(request.Step, $"--host-root {options.HostRoot} is no directory: mount the host's root file system there");
        var root = new HostRoot(options.HostRoot);
        var commands = new HostCommands(root) { Log = draft.Commands };
        var state = new StateDirectory(root);
        // What starts a unit and looks after it is not noted: its command line has the environment, which may hold a proxy's password. What runs in it is.
        IMutations mutations = SystemdMutations.AreAvailable(root)
            ? new SystemdMutations(new HostCommands(root), state, progress)
            : new DetachedMutations(commands, state, progress);
        return new StepContext
        {
            Request = request,
            Draft = draft,
            Deadline = deadline,
            Progress = progress,
            Commands = commands,
            Mutations = new NotedMutations(mutations, draft.Commands),
            State = state,
            Reboots = new RebootDetector(root, options.InitPid, progress),
            Processes = new ProcFiles(root),
            InitPid = options.InitPid,
            Publish = publish,
        };
    }

    /// <summary>Which boot this is, where it is another than this was asked of; null where it is not, or nobody can tell.</summary>
    public string? OtherBoot => Request.BootId is { } asked && HostReboot.BootId(Commands.Root) is { } boot && boot != asked ? boot : null;

    public Task<StepOutcome> RunAsync() => Request.Step switch
    {
        AgentStep.Patch or AgentStep.Rollback when OtherBoot is { } boot => throw StepFailureException.Precondition(
            AgentReasons.OtherBoot, $"this was asked of boot {Request.BootId}, and the host is in boot {boot}: nothing was touched"),
        AgentStep.Scan => new ScanStep(this).RunAsync(),
        AgentStep.Stage => new StageStep(this).RunAsync(),
        AgentStep.Patch => new PatchStep(this).RunAsync(),
        AgentStep.Verify => new VerifyStep(this).RunAsync(),
        AgentStep.Reboot => new RebootStep(this).RunAsync(),
        AgentStep.Rollback => new RollbackStep(this).RunAsync(),
        _ => throw new InvalidRequestException(Request.Step, $"there is no step {Request.Step}"),
    };

    /// <summary>Of a patch, by what it is called on the host.</summary>
    public static string OperationOf(string patchMutation) => patchMutation[Mark.Length..^Patch.Length];

    public static string RepairOf(string mutation) => mutation + "-repair";

    /// <summary>Fetches the package lists, where the request asks for it, once.</summary>
    public async Task RefreshAsync(IPackageManager packages)
    {
        if (refreshed || !Request.RefreshPackageLists)
            return;
        await packages.RefreshAsync(Deadline);
        refreshed = true;
    }

    /// <summary>What the step is to install: what the request names, or what it chooses of what is pending now.</summary>
    public async Task<IReadOnlyList<ApprovedUpdate>> UpdatesAsync(IPackageManager packages)
    {
        if (Request.Pending is not { } choice)
            return Request.Updates;
        await RefreshAsync(packages);
        var pending = (await packages.PendingAsync(await packages.InstalledAsync(Deadline), Rules, Deadline)).Updates;
        return
        [
            .. pending.Where(update => update.Installable || update.Removes?.All(Request.Removable.Contains) == true)
                .Where(update => update.Security || choice == PendingChoice.All)
                .Select(update => new ApprovedUpdate(update.Name, update.Candidate) { Removes = update.Removes }),
        ];
    }

    /// <summary>Finds the host's package manager and notes what host this is.</summary>
    /// <exception cref="StepFailureException">UnsupportedSystem.</exception>
    public async Task<IPackageManager> OpenPackagesAsync()
    {
        var os = OsRelease.Read(Commands.Root);
        Draft.Host = new HostFacts(os.PrettyName, os.Family, RunningKernel.Release, "", "");
        var packages = PackageManagers.Detect(os, Commands, Mutations, Progress);
        Draft.Host = Draft.Host with { PackageManager = packages.Name, Architecture = await packages.ArchitectureAsync(Deadline) };
        return packages;
    }
}
