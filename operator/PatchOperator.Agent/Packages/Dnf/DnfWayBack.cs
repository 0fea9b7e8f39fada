namespace PatchOperator.Agent.Packages.Dnf;

/// <summary>What brings a host back, in one transaction.</summary>
/// <param name="Coming">Files of the host, and what repositories still have, in full.</param>
/// <param name="Going">What goes, in full.</param>
/// <param name="Script">A file of the host that says the same for dnf's shell: dnf 4 has no command for what comes and what goes.</param>
internal sealed record DnfWayBack(IReadOnlyList<string> Coming, IReadOnlyList<string> Going, string Script);
