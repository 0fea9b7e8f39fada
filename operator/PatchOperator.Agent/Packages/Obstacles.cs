using PatchOperator.Agent.Run;
using PatchOperator.Contract;

namespace PatchOperator.Agent.Packages;

/// <summary>Says why a package manager would not install an update.</summary>
/// <param name="refusal">See <see cref="IPackageManager.Refusal"/>.</param>
/// <param name="kept">What there is to say where nothing more is found out, such as <c>dnf upgrade keeps it back</c>.</param>
internal abstract class Obstacles(Func<string, string, string?> refusal, string kept)
{
    /// <summary>Each costs a second or more; a host with more of them waits for a change of release, not for an explanation.</summary>
    private const int MaxSimulations = 25;

    /// <summary>A report has thousands of lines at worst.</summary>
    private const int MaxLength = 300;

    private int simulations;

    protected const string Phased = "phased: its maker gives it to other hosts first";

    protected string Kept => kept;

    /// <summary>The update with the reason why it would not be installed; as it is when it would, or is held.</summary>
    public async Task<PendingUpdate> JudgeAsync(PendingUpdate update, Deadline deadline)
    {
        if (update.Held)
            return update;
        var reason = refusal(update.Name, update.Candidate) ?? (update.Installable ? null : await ExplainAsync(update, deadline));
        return update with { Blocked = reason is { Length: > MaxLength } ? reason[..MaxLength] + "…" : reason, Phased = reason == Phased };
    }

    protected abstract Task<string> ExplainAsync(PendingUpdate update, Deadline deadline);

    /// <summary>What is in the way of an update, package managers only say when they are asked for this very one: that is not done too often.</summary>
    protected async Task<string> SimulateAsync(Func<Task<string>> simulation) => simulations++ < MaxSimulations ? await simulation() : kept;
}
