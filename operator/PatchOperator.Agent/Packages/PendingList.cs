using PatchOperator.Contract;

namespace PatchOperator.Agent.Packages;

/// <param name="Updates">What would be installed now, and what is held.</param>
/// <param name="KeptBack">Names of updates that the package manager leaves out by its own rules, such as those that need a removal, or phased ones.</param>
internal sealed record PendingList(IReadOnlyList<PendingUpdate> Updates, IReadOnlyList<string> KeptBack);
