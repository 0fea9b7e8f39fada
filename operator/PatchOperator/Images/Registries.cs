using System.Collections.Concurrent;
using System.Text;
using k8s.Models;
using KubeOps.KubernetesClient;
using PatchOperator.Api;
using PatchOperator.Engine.Facts;
using PatchOperator.Engine.Images;
using PatchOperator.Registry;

namespace PatchOperator.Images;

/// <summary>The registries of baselines: asks them what decisions depend on, moves tags, deletes images.</summary>
internal sealed class Registries(IKubernetesClient client, HttpClient http, OperatorOptions options, TimeProvider time, ILogger<Registries> logger)
{
    // A registry that does not allow deletion will not allow it a second later.
    private static readonly TimeSpan DeletionRetry = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<string, DateTimeOffset> deletionFailedAt = new();

    public async Task<RegistryFacts> AskAsync(ImageBaseline baseline, RegistryQuestion question, CancellationToken cancellationToken)
    {
        try
        {
            var repository = await OpenAsync(baseline, cancellationToken);
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

    /// <summary>Moves the current tag; returns why it could not be moved, or null.</summary>
    public async Task<string?> TagAsync(ImageBaseline baseline, string digest, CancellationToken cancellationToken)
    {
        try
        {
            var repository = await OpenAsync(baseline, cancellationToken);
            return await repository.TagAsync(digest, baseline.Spec.Output.CurrentTag, cancellationToken)
                ? null
                : $"{baseline.Spec.Output.Repository} has no {digest} any more that the tag {baseline.Spec.Output.CurrentTag} could stand for";
        }
        catch (RegistryException exception)
        {
            return exception.Message;
        }
    }

    /// <summary>Deletes images; returns those that are gone, and why the others are not.</summary>
    public async Task<(IReadOnlyCollection<string> Gone, string? Problem)> DeleteAsync(ImageBaseline baseline, IReadOnlyList<string> digests, CancellationToken cancellationToken)
    {
        var gone = new List<string>();
        if (digests.Count == 0 || (deletionFailedAt.TryGetValue(baseline.Metadata.Uid, out var failedAt) && time.GetUtcNow() < failedAt + DeletionRetry))
            return (gone, null);
        try
        {
            var repository = await OpenAsync(baseline, cancellationToken);
            foreach (var digest in digests)
            {
                await repository.DeleteAsync(digest, cancellationToken);
                gone.Add(digest);
                logger.LogInformation("Deleted {Digest} of baseline {Baseline} from its repository", digest, baseline.Metadata.Name);
            }

            deletionFailedAt.TryRemove(baseline.Metadata.Uid, out _);
            return (gone, null);
        }
        catch (RegistryException exception)
        {
            deletionFailedAt[baseline.Metadata.Uid] = time.GetUtcNow();
            return (gone, exception.Message);
        }
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
        var secret = await client.GetAsync<V1Secret>(secretName, options.JobNamespace, cancellationToken);
        if (secret?.Data is null || !secret.Data.TryGetValue(".dockerconfigjson", out var config))
            throw new RegistryException(RegistryProblem.Denied, $"spec.output.pushSecret: there is no Secret {options.JobNamespace}/{secretName} of type kubernetes.io/dockerconfigjson");
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
