using PatchOperator.Engine.Effects;
using PatchOperator.Engine.Facts;
using PatchOperator.Engine.Questions;
using PatchOperator.Ports;
using PatchOperator.Registry;

namespace PatchOperator.Tests.Simulation;

/// <summary>A registry with one repository and one tag.</summary>
internal sealed class SimulatedRegistry(Journal journal) : IRegistries
{
    /// <summary>The digests of the images that it holds.</summary>
    public HashSet<string> Stored { get; } = [];

    /// <summary>What the tag has stood for, in order: to say the same again moves nothing.</summary>
    public List<string> Tagged { get; } = [];

    /// <summary>Why it does not answer; null while it does.</summary>
    public string? Away { get; set; }

    /// <summary>Why nothing can be deleted; null when it can.</summary>
    public string? KeepsAll { get; set; }

    /// <inheritdoc/>
    public Task<RegistryFacts> AskAsync(ImageInRegistry question, CancellationToken cancellationToken) => Task.FromResult(Away is { } problem
        ? new RegistryFacts { Digest = question.Digest, Problem = problem }
        : new RegistryFacts { Digest = question.Digest, Stored = Stored.Contains(question.Digest), TaggedDigest = question.Tag is null ? null : Tagged.LastOrDefault() });

    /// <inheritdoc/>
    public Task TagAsync(PutTag effect, CancellationToken cancellationToken)
    {
        if (!Stored.Contains(effect.Digest))
            throw new RegistryException(RegistryProblem.Refused, $"there is no {effect.Digest}");
        if (Tagged.LastOrDefault() == effect.Digest)
            return Task.CompletedTask;
        Tagged.Add(effect.Digest);
        journal.Add("Registry", $"tag moved to {effect.Digest[^4..]}");
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task DeleteAsync(DeleteImage effect, CancellationToken cancellationToken)
    {
        if (KeepsAll is { } why)
            throw new RegistryException(RegistryProblem.Refused, why);
        if (Stored.Remove(effect.Digest))
            journal.Add("Registry", $"image {effect.Digest[^4..]} deleted");
        return Task.CompletedTask;
    }
}
