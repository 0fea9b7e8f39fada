using PatchOperator.Agent.Mutations;
using PatchOperator.Agent.Run;
using PatchOperator.Contract;

namespace PatchOperator.Agent.Packages;

/// <summary>
/// A package manager of the host. All methods wait for locks within the deadline and throw <see cref="StepFailureException"/> with the reason
/// that fits.
/// </summary>
internal interface IPackageManager
{
    /// <summary>Its name in the report, such as <c>apt</c>.</summary>
    string Name { get; }

    /// <summary>What keeps snapshots of the host's root; null where nothing does, or this package manager makes no use of it.</summary>
    Snapper? Snapshots => null;

    /// <summary>The order of its versions.</summary>
    IComparer<string> Versions { get; }

    /// <summary>Its name of the host's architecture.</summary>
    Task<string> ArchitectureAsync(Deadline deadline);

    /// <summary>Waits until no other process is changing packages.</summary>
    Task WaitUntilIdleAsync(Deadline deadline);

    /// <summary>Fetches the lists of what the archives offer; anything less than all of them is a failure.</summary>
    Task RefreshAsync(Deadline deadline);

    Task<IReadOnlyList<InstalledPackage>> InstalledAsync(Deadline deadline);

    /// <summary>Whether the lists of all archives are there, and since when.</summary>
    Task<ListFacts> ListsAsync(Deadline deadline);

    /// <summary>
    /// What archives offer above what is installed: what would be installed now, new dependencies included, and with the reason what would not. In the order of
    /// names.
    /// </summary>
    Task<PendingUpdates> PendingAsync(IReadOnlyList<InstalledPackage> installed, UpdateRules rules, Deadline deadline);

    /// <summary>Whether a reboot is due for what is installed to be what runs, by each of the system's own means; none where there are none.</summary>
    Task<IReadOnlyList<RebootFinding>> RebootsAsync(IReadOnlyList<InstalledPackage> installed, Deadline deadline);

    /// <summary>Removes the kernels that nothing needs any more, by the system's own rules, and never the one that runs.</summary>
    /// <returns>How it ended; null where there is nothing to remove, or the system does so by itself.</returns>
    Task<MutationEnd?> RemoveOldKernelsAsync(string mutation, Deadline deadline);

    /// <summary>
    /// Why a package, or its version, cannot be named to the package manager, in words; null when it can. What a scan offers and what a patch takes are judged
    /// by it.
    /// </summary>
    string? Refusal(string name, string version);

    /// <summary>Whether an earlier run was interrupted and left work undone.</summary>
    bool IsInterrupted(IReadOnlyList<InstalledPackage> installed);

    /// <summary>
    /// Finishes what an interrupted run left, with nothing but what is installed and what is approved. The caller decides by what is then installed whether it
    /// has succeeded.
    /// </summary>
    /// <exception cref="StepFailureException">DiskFull: there is no room for it.</exception>
    Task<MutationEnd> RepairAsync(string mutation, IReadOnlyList<ApprovedUpdate> approved, Deadline deadline);

    /// <summary>The approved updates at the versions that archives offer this host. Touches nothing.</summary>
    Task<FrozenUpdates> FreezeAsync(IReadOnlyList<ApprovedUpdate> approved, FreezeMode freeze, Deadline deadline);

    /// <summary>Which of these, none of them installed, would now take the place of a package that is: it has been renamed.</summary>
    Task<IReadOnlyList<ApprovedUpdate>> SuccessorsAsync(IReadOnlyList<ApprovedUpdate> updates, Deadline deadline);

    /// <summary>Makes sure that exactly the plan can be installed, and that it fits on the disks. Touches nothing.</summary>
    Task CheckAsync(PatchPlan plan, IReadOnlyList<InstalledPackage> installed, Deadline deadline);

    /// <summary>
    /// Downloads a plan that was checked. The installation checks what it finds and downloads the rest; what is left when it is done goes,
    /// unless the host keeps what it downloads.
    /// </summary>
    /// <param name="plan">What will be installed.</param>
    /// <param name="bytesPerSecond">The most that it takes of the network; null: as much as there is.</param>
    /// <param name="deadline">The step's.</param>
    /// <exception cref="StepFailureException">RepositoryUnavailable, or DiskFull.</exception>
    Task StageAsync(PatchPlan plan, long? bytesPerSecond, Deadline deadline);

    /// <summary>Installs the upgrades of a plan that was checked.</summary>
    Task<MutationEnd> InstallAsync(string mutation, PatchPlan plan, Deadline deadline);

    /// <summary>
    /// Installs packages by their names, with what they cannot be without, at whatever versions archives offer: for an image, where what comes of it is judged
    /// before anything runs it.
    /// </summary>
    Task<MutationEnd> AddAsync(string mutation, IReadOnlyList<string> names, Deadline deadline);

    /// <summary>Removes packages that are installed, with what cannot be without them: for an image.</summary>
    Task<MutationEnd> RemoveAsync(string mutation, IReadOnlyList<string> names, Deadline deadline);

    /// <summary>Puts packages that are installed on hold, as an administrator would. Those that are so already stay so.</summary>
    Task<MutationEnd> HoldAsync(string mutation, IReadOnlyList<string> names, Deadline deadline);

    /// <summary>Keeps what a plan that was checked is about to replace, as far as it is not kept yet.</summary>
    /// <param name="plan">What will be installed.</param>
    /// <param name="installed">What is.</param>
    /// <param name="folder">A folder of the host for it.</param>
    /// <param name="deadline">The step's.</param>
    /// <exception cref="StepFailureException">DiskFull: there is no room for it, or RepositoryUnavailable; nothing was touched.</exception>
    Task<Keeping> KeepAsync(PatchPlan plan, IReadOnlyList<InstalledPackage> installed, string folder, Deadline deadline);

    /// <summary>
    /// Brings back exactly what a restoration names, from what was kept or else from an archive. The caller decides by what is then installed whether it has
    /// succeeded.
    /// </summary>
    /// <exception cref="StepFailureException">NotBroughtBack: there is no way, or none without other changes; nothing was touched.</exception>
    Task<MutationEnd> RestoreAsync(string mutation, Restoration restoration, string folder, Deadline deadline);

    /// <summary>Those of some packages that belong to the kernel that runs: a host that loses its modules cannot even be rebooted properly.</summary>
    Task<IReadOnlyList<InstalledPackage>> OfRunningKernelAsync(IReadOnlyList<InstalledPackage> packages, Deadline deadline);

    /// <summary>Whether an installation has failed, by its exit code or by what it said.</summary>
    bool HasFailed(MutationEnd end);

    /// <summary>Says why an installation failed.</summary>
    /// <param name="end">How it ended.</param>
    /// <param name="untouched">Whether no package has changed.</param>
    StepOutcome Explain(MutationEnd end, bool untouched);

    /// <summary>Marks as automatic again what was so before: naming a package to upgrade it must not keep it for ever.</summary>
    Task RestoreMarksAsync(IReadOnlyList<InstalledPackage> before, IReadOnlyList<InstalledPackage> after, Deadline deadline);
}
