namespace PatchOperator.Agent.Packages.Dnf;

/// <summary>What dnf is asked for. Packages are named in full, as in <c>bash-0:5.1.8-9.el9.x86_64</c>, so that each means one.</summary>
/// <param name="Upgrades">What is to be installed.</param>
/// <param name="Excluded">Other versions of what may come along: only the approved one is left.</param>
/// <param name="Removes">Whether packages may go for it.</param>
internal sealed record DnfRequest(IReadOnlyList<string> Upgrades, IReadOnlyList<string> Excluded, bool Removes = false);
