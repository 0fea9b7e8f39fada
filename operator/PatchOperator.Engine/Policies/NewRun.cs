using PatchOperator.Api;

namespace PatchOperator.Engine.Policies;

/// <summary>A run to make.</summary>
public sealed record NewRun(string Name, PatchRunSpec Spec);
