using PatchOperator.Engine.Effects;
using PatchOperator.Engine.Facts;
using PatchOperator.Engine.Questions;

namespace PatchOperator.Ports;

/// <summary>Image registries: a port of its own, as they are no part of the cluster. What they refuse is a <see cref="Registry.RegistryException"/>.</summary>
internal interface IRegistries
{
    /// <summary>Whether an image is there, and what the tag stands for; a registry that does not answer is an answer too.</summary>
    Task<RegistryFacts> AskAsync(ImageInRegistry question, CancellationToken cancellationToken);

    /// <summary>Makes the current tag stand for an image.</summary>
    Task TagAsync(PutTag effect, CancellationToken cancellationToken);

    /// <summary>Deletes an image.</summary>
    Task DeleteAsync(DeleteImage effect, CancellationToken cancellationToken);
}
