using PatchOperator.Api;

namespace PatchOperator.Engine.Specs;

/// <summary>The digest of a plan: what people approve.</summary>
public static class PlanDigest
{
    /// <summary>That of its <see cref="CanonicalJson"/>.</summary>
    public static string Of(PatchPlanSpec plan) => CanonicalJson.Digest(plan);
}
