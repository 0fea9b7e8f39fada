namespace PatchOperator.Engine.Runs;

/// <summary>The cluster-wide budget that stands above the budgets of policies.</summary>
/// <param name="Unavailable">Nodes of the whole cluster that are unavailable, whoever made them so.</param>
/// <param name="MaxUnavailable">How many may be.</param>
public sealed record FleetBudget(int Unavailable, int MaxUnavailable);
