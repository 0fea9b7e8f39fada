using PatchOperator.Engine.Effects;
using PatchOperator.Engine.Facts;
using PatchOperator.Engine.Questions;
using PatchOperator.Ports;

namespace PatchOperator.Tests.Simulation;

/// <summary>A rollout asks no registry.</summary>
internal sealed class NoRegistries : IRegistries
{
    /// <inheritdoc/>
    public Task<RegistryFacts> AskAsync(ImageInRegistry question, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <inheritdoc/>
    public Task TagAsync(PutTag effect, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <inheritdoc/>
    public Task DeleteAsync(DeleteImage effect, CancellationToken cancellationToken) => throw new NotSupportedException();
}
