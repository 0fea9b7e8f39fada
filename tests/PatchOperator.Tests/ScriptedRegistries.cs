using PatchOperator.Engine.Effects;
using PatchOperator.Engine.Facts;
using PatchOperator.Engine.Questions;
using PatchOperator.Ports;
using PatchOperator.Registry;

namespace PatchOperator.Tests;

/// <summary>A registry that takes down what it is asked to do, and may refuse it.</summary>
internal sealed class ScriptedRegistries : IRegistries
{
    /// <summary>What everything is refused with; null while it is done.</summary>
    public string? Refusal { get; set; }

    /// <summary>What was done, in order.</summary>
    public List<string> Calls { get; } = [];

    /// <inheritdoc/>
    public Task<RegistryFacts> AskAsync(ImageInRegistry question, CancellationToken cancellationToken) =>
        Task.FromResult(new RegistryFacts { Digest = question.Digest, Stored = true });

    /// <inheritdoc/>
    public Task TagAsync(PutTag effect, CancellationToken cancellationToken) => Do($"tag {effect.Digest}");

    /// <inheritdoc/>
    public Task DeleteAsync(DeleteImage effect, CancellationToken cancellationToken) => Do($"delete {effect.Digest}");

    private Task Do(string call)
    {
        if (Refusal is { } refusal)
            throw new RegistryException(RegistryProblem.Denied, refusal);
        Calls.Add(call);
        return Task.CompletedTask;
    }
}
