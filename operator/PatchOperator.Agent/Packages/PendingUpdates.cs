using PatchOperator.Contract;

namespace PatchOperator.Agent.Packages;

/// <summary>What archives offer above what is installed.</summary>
/// <param name="Updates">In the order of names.</param>
/// <param name="Advisories">What the updates settle, each once, in the order of IDs; empty where the package manager knows none.</param>
internal sealed record PendingUpdates(IReadOnlyList<PendingUpdate> Updates, IReadOnlyList<Advisory> Advisories);
