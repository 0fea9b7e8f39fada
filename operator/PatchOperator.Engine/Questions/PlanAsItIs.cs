using PatchOperator.Api;
using PatchOperator.Engine.Decisions;

namespace PatchOperator.Engine.Questions;

/// <summary>
/// A plan that a run names and no cache knows: it may be gone, or its watch is later than that of runs, as for a replica that has made neither. No answer when
/// it is gone.
/// </summary>
public sealed record PlanAsItIs(string Name) : Question<PatchPlan>
{
    /// <inheritdoc/>
    public override string Words => $"PatchPlan {Name}";
}
