using PatchOperator.Contract;

namespace PatchOperator.Agent.Packages;

/// <summary>What a patch is about to change, kept as far as it can be.</summary>
/// <param name="Names">The names of all packages that will come or go: nothing else is of the operation, whoever changes it meanwhile.</param>
/// <param name="Kept">For the report.</param>
internal sealed record Keeping(IReadOnlyList<string> Names, KeptFacts Kept);
