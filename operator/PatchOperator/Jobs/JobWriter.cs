using System.Net;
using k8s;
using k8s.Autorest;
using k8s.Models;
using KubeOps.KubernetesClient;
using PatchOperator.Caches;
using PatchOperator.Caches.Resources;

namespace PatchOperator.Jobs;

/// <summary>Creates and deletes Jobs; both can be repeated without harm.</summary>
internal sealed class JobWriter(ClusterCache cache, OperatorOptions options, IKubernetesClient client)
{
    /// <summary>Creates a Job; one that exists under the name is the same Job.</summary>
    public async Task CreateAsync(V1Job job, CancellationToken cancellationToken)
    {
        try
        {
            cache.Jobs.Observe(await client.ApiClient.CustomObjects.CreateNamespacedCustomObjectAsync<JobResource>(
                job, V1Job.KubeGroup, V1Job.KubeApiVersion, options.JobNamespace, V1Job.KubePluralName, cancellationToken: cancellationToken));
        }
        catch (HttpOperationException exception) when (exception.Response.StatusCode == HttpStatusCode.Conflict)
        {
            if (await client.GetAsync<JobResource>(job.Metadata.Name, options.JobNamespace, cancellationToken) is { } existing)
                cache.Jobs.Observe(existing);
        }
    }

    /// <summary>Deletes a Job and its pods.</summary>
    public async Task DeleteAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            await client.ApiClient.BatchV1.DeleteNamespacedJobAsync(name, options.JobNamespace, propagationPolicy: "Background", cancellationToken: cancellationToken);
        }
        catch (HttpOperationException exception) when (exception.Response.StatusCode == HttpStatusCode.NotFound)
        {
            // Somebody else, or its time to live, was faster.
        }
    }
}
