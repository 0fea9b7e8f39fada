using PatchOperator.Api;

namespace PatchOperator.Engine.World;

/// <summary>A policy, and what it asks for.</summary>
public sealed record PolicyEntry(PatchPolicy Policy, PolicyTerms Terms);
