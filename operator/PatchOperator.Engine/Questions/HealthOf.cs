using PatchOperator.Api;
using PatchOperator.Engine.Decisions;
using PatchOperator.Engine.Facts;

namespace PatchOperator.Engine.Questions;

/// <summary>Whether what a health check is about is well. What cannot be found out is an answer too.</summary>
public sealed record HealthOf(HealthCheck Check) : Question<HealthFacts>
{
    /// <inheritdoc/>
    public override string Words => $"health check {Check.Name}";
}
