namespace PatchOperator.Engine.Facts;

/// <summary>The pods that must still leave a node.</summary>
public sealed record DrainFacts(IReadOnlyList<PodToEvict> Remaining);
