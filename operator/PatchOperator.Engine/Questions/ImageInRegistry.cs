using PatchOperator.Api;
using PatchOperator.Engine.Decisions;
using PatchOperator.Engine.Facts;

namespace PatchOperator.Engine.Questions;

/// <summary>Whether a repository holds an image, and what its tag stands for.</summary>
public sealed record ImageInRegistry(ImageBaseline Baseline, string Digest, string? Tag) : Question<RegistryFacts>
{
    /// <inheritdoc/>
    public override string Words => $"image {Digest}";
}
