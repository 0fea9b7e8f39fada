using PatchOperator.Contract;
using PatchOperator.Contract.Grammars;

namespace PatchOperator.Agent.Packages.Apt;

/// <summary>What archives offer, and which of it is security.</summary>
internal sealed class AptOffers(
    IReadOnlyDictionary<string, AptPolicy> policies, IReadOnlyDictionary<string, AptSource> sources, IReadOnlyList<SecuritySource> securitySources)
{
    /// <summary>What apt makes of a package; null when it knows nothing of it.</summary>
    public AptPolicy? Policy(string name) => policies.GetValueOrDefault(name);

    /// <summary>A fix may have been overtaken by a newer version that no security archive has: it is pending all the same.</summary>
    /// <param name="name">The package.</param>
    /// <param name="installed">Its version here; empty when it is new: then only the candidate itself counts.</param>
    /// <param name="candidate">The version that would be installed, or should be.</param>
    public bool IsSecurity(string name, string installed, string candidate) => Policy(name)?.Versions.Any(version =>
        (installed.Length == 0 ? version.Key == candidate : IsAbove(version.Key, installed)) && !IsAbove(version.Key, candidate)
            && IsFromSecurity(version.Value)) == true;

    /// <summary>
    /// The version that a package should have, beyond what an upgrade would give it; null when there is none. A security update counts however its archive is
    /// ranked; another one when its archive is for upgrades. A lower version that a pin prefers is no update, and shown.
    /// </summary>
    /// <param name="package">The package.</param>
    /// <param name="upgrade">What an upgrade would give it; null when it would leave it alone.</param>
    public string? Beyond(InstalledPackage package, string? upgrade)
    {
        if (Policy(package.Name) is not { } policy)
            return null;
        var reached = upgrade ?? package.Version;
        var newer = policy.Versions.Where(version => version.Value.IsOffered && IsAbove(version.Key, reached)).ToDictionary();
        var security = Newest(newer.Where(version => IsFromSecurity(version.Value)));
        var candidate = policy.Candidate;
        if (security is not null && !IsAbove(candidate, security))
            return security;
        if (upgrade is not null)
            return security;
        return IsAbove(candidate, reached) ? candidate
            : security ?? Newest(newer.Where(version => version.Value.IsForUpgrades)) ?? (
                candidate.Length > 0 && IsAbove(reached, candidate) ? candidate : null);
    }

    private static string? Newest(IEnumerable<KeyValuePair<string, AptVersion>> versions) => versions.Select(version => version.Key).Max(DebianVersions.Order);

    private static bool IsAbove(string version, string other) => DebianVersions.Order.Compare(version, other) > 0;

    private bool IsFromSecurity(AptVersion version) => version.Indexes.Keys.Any(index => sources.GetValueOrDefault(index)?.IsSecurity(securitySources) == true);
}
