using PatchOperator.Api;
using PatchOperator.Engine.Specs;

namespace PatchOperator.Engine.World;

/// <summary>A plan and its digest, reckoned once.</summary>
/// <param name="plan">The plan.</param>
public sealed class PlanEntry(PatchPlan plan)
{
    private readonly Lazy<string> digest = new(() => PlanDigest.Of(plan.Spec));

    /// <summary>The plan.</summary>
    public PatchPlan Plan => plan;

    /// <summary>Of its spec, as it is now: see <see cref="PlanDigest"/>.</summary>
    public string Digest => digest.Value;
}
