namespace PatchOperator.Engine.World;

/// <summary>To whom a node belongs.</summary>
/// <param name="Policy">The policy it belongs to; null when none selects it.</param>
/// <param name="Others">The names of the other policies that select it.</param>
public readonly record struct Claim(PolicyTerms? Policy, IReadOnlyList<string> Others);
