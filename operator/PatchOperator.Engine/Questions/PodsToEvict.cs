using PatchOperator.Engine.Decisions;
using PatchOperator.Engine.Facts;

namespace PatchOperator.Engine.Questions;

/// <summary>Which pods must still leave a node.</summary>
public sealed record PodsToEvict(string Node) : Question<DrainFacts>
{
    /// <inheritdoc/>
    public override string Words => $"the pods of node {Node}";
}
