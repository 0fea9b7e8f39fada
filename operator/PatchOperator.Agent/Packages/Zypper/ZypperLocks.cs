using PatchOperator.Agent.Hosts;
using PatchOperator.Agent.Run;

namespace PatchOperator.Agent.Packages.Zypper;

/// <summary>The lock of libzypp, a file with the process that has it, and rpm's own.</summary>
internal sealed class ZypperLocks(HostRoot root, Progress progress)
{
    private const string ProcessFile = "/run/zypp.pid";
    private static readonly string[] RpmFiles = ["/usr/lib/sysimage/rpm/.rpm.lock", "/var/lib/rpm/.rpm.lock"];
    private readonly LockFiles files = new(root);
    private readonly LockWait wait = new(progress);

    /// <exception cref="StepFailureException">LockHeld, naming the process.</exception>
    public Task WaitAsync(Deadline deadline) => wait.UntilFreeAsync(
        () => files.Owner(ProcessFile) ?? RpmFiles.Select(files.Holder).FirstOrDefault(holder => holder is not null), deadline);
}
