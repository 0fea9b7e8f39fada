using PatchOperator.Engine.Decisions;

namespace PatchOperator.Engine.Effects;

/// <summary>Forget a plan that no run has.</summary>
public sealed record DeletePlan(string Name) : Effect
{
    /// <inheritdoc/>
    public override string Words => $"delete PatchPlan {Name}";
}
