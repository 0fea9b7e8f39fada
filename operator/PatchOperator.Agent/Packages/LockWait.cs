using PatchOperator.Agent.Run;
using PatchOperator.Contract;

namespace PatchOperator.Agent.Packages;

/// <summary>Waits for another process to be done with the packages, and can say who it is.</summary>
internal sealed class LockWait(Progress progress)
{
    private static readonly TimeSpan Glance = TimeSpan.FromSeconds(1);

    /// <param name="holder">See <see cref="LockFiles"/>; null when nobody holds a lock.</param>
    /// <param name="deadline">The step's.</param>
    /// <exception cref="StepFailureException">LockHeld, naming the process.</exception>
    public async Task UntilFreeAsync(Func<string?> holder, Deadline deadline)
    {
        string? told = null;
        while (holder() is { } now)
        {
            if (now != told)
                progress.Say($"waiting: {now}");
            told = now;
            await PauseAsync(now, deadline);
        }
    }

    /// <summary>
    /// What no package manager can be told to remove by name, and nothing else: whoever was waited for may have changed what would go, so it is checked again.
    /// </summary>
    /// <param name="wait">Waits until nobody has the lock.</param>
    /// <param name="packages">The package manager.</param>
    /// <param name="plan">
    /// What is about to be installed, null where it is something else; where nothing goes for it, the package manager itself sees to that.
    /// </param>
    /// <param name="deadline">The step's.</param>
    public static async Task AndCheckAsync(Task wait, IPackageManager packages, PatchPlan? plan, Deadline deadline)
    {
        await wait;
        if (plan is { Removals.Count: > 0 })
            await packages.CheckAsync(plan, await packages.InstalledAsync(deadline), deadline);
    }

    /// <summary>Between the look at a lock and a command's own attempt another process may have been faster: again, then.</summary>
    /// <param name="wait">Waits until nobody has the lock.</param>
    /// <param name="attempt">Runs the command.</param>
    /// <param name="hasLost">Whether another was faster, by how the attempt ended.</param>
    /// <param name="deadline">The step's.</param>
    public static async Task<T> RetryAsync<T>(Func<Task> wait, Func<Task<T>> attempt, Func<T, bool> hasLost, Deadline deadline)
    {
        while (true)
        {
            await wait();
            var end = await attempt();
            if (!hasLost(end))
                return end;
            await deadline.PauseAsync(Glance);
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
}
