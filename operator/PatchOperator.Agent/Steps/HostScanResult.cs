using PatchOperator.Agent.Packages;

namespace PatchOperator.Agent.Steps;

/// <param name="Installed">What is installed.</param>
/// <param name="Pending">What would be installed now.</param>
internal sealed record HostScanResult(IReadOnlyList<InstalledPackage> Installed, PendingList Pending)
{
    /// <summary>A sentence for a person.</summary>
    public string Summary
    {
        get
        {
            var due = Pending.Updates.Where(update => !update.Held).ToList();
            var held = Pending.Updates.Count - due.Count;
            return $"{Installed.Count} packages installed, {due.Count} pending, {due.Count(update => update.Security)} of them security"
                + (held > 0 ? $", {held} on hold" : "")
                + (Pending.KeptBack.Count > 0 ? $"; kept back by the package manager: {string.Join(", ", Pending.KeptBack)}" : "");
        }
    }
}
