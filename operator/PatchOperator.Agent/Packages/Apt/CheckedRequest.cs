using PatchOperator.Contract;

namespace PatchOperator.Agent.Packages.Apt;

/// <summary>A plan that apt can carry out, and nothing else with it.</summary>
/// <param name="Updates">What to ask apt for: the upgrades, and the new packages at their approved versions in case an upgrade needs them.</param>
/// <param name="Records">What archives say of all that it will install.</param>
/// <param name="Removals">The names of what it will remove.</param>
internal sealed record CheckedRequest(IReadOnlyList<ApprovedUpdate> Updates, IReadOnlyList<AptRecord> Records, IReadOnlyList<string> Removals);
