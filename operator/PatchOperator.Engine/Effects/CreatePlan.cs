using PatchOperator.Api;
using PatchOperator.Engine.Decisions;

namespace PatchOperator.Engine.Effects;

/// <summary>Write a plan down; one that exists under the name is the same plan.</summary>
public sealed record CreatePlan(string Name, PatchPlanSpec Plan) : Effect
{
    /// <inheritdoc/>
    public override string Words => $"create PatchPlan {Name}";
}
