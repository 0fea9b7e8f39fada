using PatchOperator.Agent.Hosts;
using PatchOperator.Agent.Run;

namespace PatchOperator.Agent.Packages.Apt;

/// <summary>
/// The locks of apt and dpkg. apt waits for dpkg's lock itself (DPkg::Lock::Timeout, from 1.9.11), never for the one of the lists or of the
/// archives: so the agent waits for all of them, and can say who has one.
/// </summary>
internal sealed class AptLocks(HostRoot root, Progress progress)
{
    private static readonly string[] ListFiles = ["/var/lib/apt/lists/lock"];
    private static readonly string[] DatabaseFiles = ["/var/lib/dpkg/lock-frontend", "/var/lib/dpkg/lock", "/var/cache/apt/archives/lock"];

    private readonly LockFiles files = new(root);
    private readonly LockWait wait = new(progress);

    /// <exception cref="StepFailureException">LockHeld, naming the process.</exception>
    public Task WaitForListsAsync(Deadline deadline) => wait.UntilFreeAsync(() => Holder(ListFiles), deadline);

    /// <exception cref="StepFailureException">LockHeld, naming the process.</exception>
    public Task WaitForDatabaseAsync(Deadline deadline) => wait.UntilFreeAsync(() => Holder(DatabaseFiles), deadline);

    private string? Holder(string[] names) => names.Select(files.Holder).FirstOrDefault(holder => holder is not null);
}
