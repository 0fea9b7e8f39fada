using PatchOperator.Api;
using PatchOperator.Engine.Decisions;

namespace PatchOperator.Engine.Effects;

/// <summary>Write into a run that a person has made what the operator has planned for it; nothing when it has a plan.</summary>
public sealed record BindRun(string Name, PolicyReference Policy, PlanReference Plan) : Effect
{
    /// <inheritdoc/>
    public override string Words => $"write the plan of PatchRun {Name}";
}
