using PatchOperator.Agent.Packages;
using PatchOperator.Agent.Run;
using PatchOperator.Contract;

namespace PatchOperator.Agent.Steps;

/// <param name="Installed">What is installed.</param>
/// <param name="Pending">What archives offer above it.</param>
/// <param name="Lists">Whether that is known at all.</param>
internal sealed record HostScanResult(IReadOnlyList<InstalledPackage> Installed, IReadOnlyList<PendingUpdate> Pending, ListFacts Lists)
{
    private const int MaxNamed = 10;

    /// <summary>Names and states of the packages that are not whole; empty when all are.</summary>
    public string Incomplete => Naming.Of(Installed.Where(package => !package.Complete).Select(package => $"{package.Name} ({package.State})"), MaxNamed);

    /// <summary>A sentence for a person.</summary>
    public string Summary
    {
        get
        {
            var due = Pending.Where(update => update.Installable).ToList();
            var held = Pending.Count(update => update.Held);
            var blocked = Naming.Of(
                Pending.Where(update => update.Blocked is not null).Select(update => $"{update.Name} {update.Candidate} ({update.Blocked})"), MaxNamed);
            return $"{Installed.Count} packages installed, {due.Count} pending, {due.Count(update => update.Security)} of them security"
                + (held > 0 ? $", {held} on hold" : "")
                + (blocked.Length > 0 ? $"; blocked: {blocked}" : "")
                + (Incomplete.Length > 0 ? $"; not whole: {Incomplete}" : "")
                + (Lists.Message is { } message ? $"; {message}" : "");
        }
    }
}
