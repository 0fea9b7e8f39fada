using PatchOperator.Agent.Hosts;
using PatchOperator.Agent.Run;
using PatchOperator.Contract;

namespace PatchOperator.Agent.Packages.Apt;

/// <summary>
/// The locks of apt and dpkg. apt waits for dpkg's lock itself (DPkg::Lock::Timeout, from 1.9.11), never for the one of the lists or of the
/// archives: so the agent waits for all of them, and can say who has one.
/// </summary>
internal sealed class AptLocks(HostRoot root, ProcFiles proc, Progress progress)
{
    private static readonly TimeSpan Glance = TimeSpan.FromSeconds(1);
    private static readonly string[] ListFiles = ["/var/lib/apt/lists/lock"];
    private static readonly string[] DatabaseFiles = ["/var/lib/dpkg/lock-frontend", "/var/lib/dpkg/lock", "/var/cache/apt/archives/lock"];

    /// <exception cref="StepFailureException">LockHeld, naming the process.</exception>
    public Task WaitForListsAsync(Deadline deadline) => WaitAsync(ListFiles, deadline);

    /// <exception cref="StepFailureException">LockHeld, naming the process.</exception>
    public Task WaitForDatabaseAsync(Deadline deadline) => WaitAsync(DatabaseFiles, deadline);

    private async Task WaitAsync(string[] files, Deadline deadline)
    {
        string? told = null;
        while (Holder(files) is { } holder)
        {
            if (holder != told)
                progress.Say($"waiting: {holder}");
            told = holder;
            await PauseAsync(holder, deadline);
        }
    }

    private static async Task PauseAsync(string holder, Deadline deadline)
    {
        try
        {
            await deadline.PauseAsync(Glance);
        }
        catch (OperationCanceledException) when (deadline.Expired)
        {
            throw StepFailureException.Precondition(AgentReasons.LockHeld, $"{holder}, and did not release it in time");
        }
    }

    private string? Holder(string[] files) =>
        files
            .Select(file => FileLock.Holder(root.Locate(file)) is { } pid ? $"{proc.Describe(pid)} holds {file}" : null)
            .FirstOrDefault(holder => holder is not null);
}
