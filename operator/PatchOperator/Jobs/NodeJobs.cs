using System.Net;
using k8s.Autorest;
using k8s.Models;
using PatchOperator.Engine.Effects;
using PatchOperator.Engine.Questions;
using PatchOperator.Engine.World;
using PatchOperator.Ports;
using PatchOperator.Resources;

namespace PatchOperator.Jobs;

/// <summary>Creates and deletes Jobs; both can be repeated without harm.</summary>
internal sealed class NodeJobs(IApi api, JobFactory factory, HookJobFactory hooks, OperatorOptions options)
{
    public Task CreateAsync(CreateJob effect, CancellationToken cancellationToken) => CreateAsync(api, factory.Create(effect.Job), cancellationToken);

    public Task CreateAsync(CreateHookJob effect, CancellationToken cancellationToken) => CreateAsync(api, hooks.Create(effect.Job), cancellationToken);

    public Task DeleteAsync(DeleteJob effect, CancellationToken cancellationToken) =>
        api.DeleteAsync<JobResource>(effect.Name, options.JobNamespace, cancellationToken);

    /// <summary>The Job as the API server has it; null when it is gone.</summary>
    public async Task<JobRecord?> ReadAsync(JobAsItIs question, CancellationToken cancellationToken) =>
        await api.GetAsync<JobResource>(question.Name, options.JobNamespace, cancellationToken) is { } job ? JobRecords.Of(job) : null;

    /// <summary>One that exists under the name is the same Job.</summary>
    internal static async Task CreateAsync(IApi api, V1Job job, CancellationToken cancellationToken)
    {
        try
        {
            await api.CreateJobAsync(job, cancellationToken);
        }
        catch (HttpOperationException exception) when (exception.Response.StatusCode == HttpStatusCode.Conflict)
        {
            await api.GetAsync<JobResource>(job.Metadata.Name, job.Metadata.NamespaceProperty, cancellationToken);
        }
    }
}
