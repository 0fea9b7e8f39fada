using PatchOperator.Engine.Effects;
using PatchOperator.Engine.Facts;
using PatchOperator.Engine.Questions;
using PatchOperator.Ports;
using PatchOperator.Registry;

namespace PatchOperator.Tests.Simulation;

/// <summary>The way of one replica to registries, as faulty as the other: what breaks on it is an answer, or an error of the port.</summary>
internal sealed class FaultyRegistries(IRegistries registries, FaultyApi way) : IRegistries
{
    /// <inheritdoc/>
    public async Task<RegistryFacts> AskAsync(ImageInRegistry question, CancellationToken cancellationToken)
    {
        try
        {
            return await way.Call(() => registries.AskAsync(question, cancellationToken), writes: false, atVersion: false);
        }
        catch (HttpRequestException exception)
        {
            return new RegistryFacts { Digest = question.Digest, Problem = exception.Message };
        }
    }

    /// <inheritdoc/>
    public Task TagAsync(PutTag effect, CancellationToken cancellationToken) => Write(() => registries.TagAsync(effect, cancellationToken));

    /// <inheritdoc/>
    public Task DeleteAsync(DeleteImage effect, CancellationToken cancellationToken) => Write(() => registries.DeleteAsync(effect, cancellationToken));

    private async Task Write(Func<Task> call)
    {
        try
        {
            await way.Call(
                async () =>
                {
                    await call();
                    return true;
                },
                writes: true,
                atVersion: false);
        }
        catch (HttpRequestException exception)
        {
            throw new RegistryException(RegistryProblem.Unavailable, exception.Message);
        }
    }
}
