using PatchOperator.Agent.Hosts;
using PatchOperator.Agent.Run;

namespace PatchOperator.Agent.Packages.Dnf;

/// <summary>
/// The locks of both generations of dnf, and of rpm. dnf waits for some of its own for ever, and not at all for others and rpm's: so the agent waits for all of
/// them, and can say who has one.
/// </summary>
internal sealed class DnfLocks(HostCommands commands, Progress progress)
{
    private const string Lists = "/var/cache/dnf/metadata_lock.pid";

    /// <summary>In each stands the process that has it; one that has ended has it no more.</summary>
    private static readonly string[] Changes = ["/var/lib/dnf/rpmdb_lock.pid", "/var/cache/dnf/download_lock.pid"];

    /// <summary>dnf 5 locks files, the first since 5.4 at one of two places.</summary>
    private static readonly string[] Locked =
        ["/var/lib/dnf/system-repo.lock", "/usr/lib/sysimage/libdnf5/system-repo.lock", "/run/dnf/rpmtransaction.lock"];

    private readonly LockWait wait = new(progress);
    private readonly LockFiles files = new(commands.Root);
    private string? database;

    /// <exception cref="StepFailureException">LockHeld, naming the process.</exception>
    public Task WaitForListsAsync(Deadline deadline) => wait.UntilFreeAsync(() => files.Owner(Lists), deadline);

    /// <exception cref="StepFailureException">LockHeld, naming the process.</exception>
    public async Task WaitForDatabaseAsync(Deadline deadline)
    {
        database ??= (await commands.ReadAsync(new HostCommand("rpm", "--eval", "%{_dbpath}/.rpm.lock"), deadline.Token)).Trim();
        await wait.UntilFreeAsync(
            () => Changes.Select(files.Owner).Concat(Locked.Append(database).Select(files.Holder)).FirstOrDefault(holder => holder is not null), deadline);
    }
}
