using PatchOperator.Api;
using PatchOperator.Engine.Decisions;
using PatchOperator.Engine.Facts;

namespace PatchOperator.Engine.Questions;

/// <summary>Which pods would have to leave a node, and what the API server would say to their eviction: up to the first that may not go.</summary>
public sealed record RehearsalOfDrain(string Node, DrainSettings Settings) : Question<DrainFacts>
{
    /// <inheritdoc/>
    public override string Words => $"whether node {Node} can be drained";
}
