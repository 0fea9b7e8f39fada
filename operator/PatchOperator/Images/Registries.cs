using System.Text;
using k8s.Models;
using PatchOperator.Api;
using PatchOperator.Engine.Effects;
using PatchOperator.Engine.Facts;
using PatchOperator.Engine.Questions;
using PatchOperator.Ports;
using PatchOperator.Registry;

namespace PatchOperator.Images;

/// <summary>The registries of baselines: asks them what decisions depend on, moves tags, deletes images.</summary>
internal sealed class Registries(IApi api, HttpClient http, OperatorOptions options, ILogger<Registries> logger) : IRegistries
{
    /// <inheritdoc/>
    public async Task<RegistryFacts> AskAsync(ImageInRegistry question, CancellationToken cancellationToken)
    {
        try
        {
            var repository = await OpenAsync(question.Baseline, cancellationToken);
            return new RegistryFacts
            {
                Digest = question.Digest,
                Stored = await repository.DigestAsync(question.Digest, cancellationToken) == question.Digest,
                TaggedDigest = question.Tag is { } tag ? await repository.DigestAsync(tag, cancellationToken) : null,
            };
        }
        catch (RegistryException exception)
        {
            return new RegistryFacts { Digest = question.Digest, Problem = exception.Message };
        }
    }

    /// <inheritdoc/>
    public async Task TagAsync(PutTag effect, CancellationToken cancellationToken)
    {
        var output = effect.Baseline.Spec.Output;
        var repository = await OpenAsync(effect.Baseline, cancellationToken);
        if (!await repository.TagAsync(effect.Digest, output.CurrentTag, cancellationToken))
            throw new RegistryException(RegistryProblem.Refused, $"{output.Repository} has no {effect.Digest} any more that the tag could stand for");
    }

    /// <inheritdoc/>
    public async Task DeleteAsync(DeleteImage effect, CancellationToken cancellationToken)
    {
        var repository = await OpenAsync(effect.Baseline, cancellationToken);
        await repository.DeleteAsync(effect.Digest, cancellationToken);
        logger.LogInformation("Deleted {Digest} of baseline {Baseline} from its repository", effect.Digest, effect.Baseline.Metadata.Name);
    }

    private async Task<RegistryClient> OpenAsync(ImageBaseline baseline, CancellationToken cancellationToken)
    {
        var output = baseline.Spec.Output;
        var credentials = await CredentialsAsync(output.PushSecret, cancellationToken);
        try
        {
            return new RegistryClient(http, output.Repository!, credentials, output.Insecure);
        }
        catch (FormatException exception)
        {
            throw new RegistryException(RegistryProblem.Refused, $"spec.output.repository: {exception.Message}");
        }
    }

    private async Task<DockerCredentials> CredentialsAsync(string? secretName, CancellationToken cancellationToken)
    {
        if (secretName is null)
            return DockerCredentials.None;
        var secret = await api.GetAsync<V1Secret>(secretName, options.JobNamespace, cancellationToken);
        if (secret?.Data is null || !secret.Data.TryGetValue(".dockerconfigjson", out var config))
            throw new RegistryException(
                RegistryProblem.Denied,
                $"spec.output.pushSecret: there is no Secret {options.JobNamespace}/{secretName} of type kubernetes.io/dockerconfigjson");
        try
        {
            return DockerCredentials.Parse(Encoding.UTF8.GetString(config));
        }
        catch (FormatException exception)
        {
            throw new RegistryException(RegistryProblem.Denied, $"spec.output.pushSecret: Secret {options.JobNamespace}/{secretName}: {exception.Message}");
        }
    }
}
