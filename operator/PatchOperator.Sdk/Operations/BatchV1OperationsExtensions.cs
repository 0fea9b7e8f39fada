#nullable disable // as the package: no annotations

using k8s.Models;

namespace k8s;

/// <summary>Requests of batch/v1, answered with the body alone.</summary>
public static class BatchV1OperationsExtensions
{
    /// <inheritdoc cref="IBatchV1Operations.CreateNamespacedJobWithHttpMessagesAsync"/>
    public static async Task<V1Job> CreateNamespacedJobAsync(
        this IBatchV1Operations operations, V1Job body, string namespaceParameter, string dryRun = default, string fieldManager = default,
        string fieldValidation = default, bool? pretty = default, CancellationToken cancellationToken = default)
    {
        using var response = await operations.CreateNamespacedJobWithHttpMessagesAsync(
            body, namespaceParameter, dryRun, fieldManager, fieldValidation, pretty, null, cancellationToken).ConfigureAwait(false);
        return response.Body;
    }

    /// <inheritdoc cref="IBatchV1Operations.ReadNamespacedJobWithHttpMessagesAsync"/>
    public static async Task<V1Job> ReadNamespacedJobAsync(
        this IBatchV1Operations operations, string name, string namespaceParameter, bool? pretty = default,
        CancellationToken cancellationToken = default)
    {
        using var response = await operations.ReadNamespacedJobWithHttpMessagesAsync(
            name, namespaceParameter, pretty, null, cancellationToken).ConfigureAwait(false);
        return response.Body;
    }

    /// <inheritdoc cref="IBatchV1Operations.ListNamespacedJobWithHttpMessagesAsync"/>
    public static async Task<V1JobList> ListNamespacedJobAsync(
        this IBatchV1Operations operations, string namespaceParameter, bool? allowWatchBookmarks = default,
        string continueParameter = default, string fieldSelector = default, string labelSelector = default, int? limit = default,
        string resourceVersion = default, string resourceVersionMatch = default, bool? sendInitialEvents = default,
        int? timeoutSeconds = default, bool? pretty = default, CancellationToken cancellationToken = default)
    {
        using var response = await operations.ListNamespacedJobWithHttpMessagesAsync(
            namespaceParameter, allowWatchBookmarks, continueParameter, fieldSelector, labelSelector, limit, resourceVersion,
            resourceVersionMatch, sendInitialEvents, timeoutSeconds, false, pretty, null, cancellationToken).ConfigureAwait(false);
        return response.Body;
    }

    /// <inheritdoc cref="IBatchV1Operations.PatchNamespacedJobStatusWithHttpMessagesAsync"/>
    public static async Task<V1Job> PatchNamespacedJobStatusAsync(
        this IBatchV1Operations operations, V1Patch body, string name, string namespaceParameter, string dryRun = default,
        string fieldManager = default, string fieldValidation = default, bool? force = default, bool? pretty = default,
        CancellationToken cancellationToken = default)
    {
        using var response = await operations.PatchNamespacedJobStatusWithHttpMessagesAsync(
            body, name, namespaceParameter, dryRun, fieldManager, fieldValidation, force, pretty, null,
            cancellationToken).ConfigureAwait(false);
        return response.Body;
    }

    /// <inheritdoc cref="IBatchV1Operations.DeleteNamespacedJobWithHttpMessagesAsync"/>
    public static async Task<V1Status> DeleteNamespacedJobAsync(
        this IBatchV1Operations operations, string name, string namespaceParameter, V1DeleteOptions body = default,
        string dryRun = default, int? gracePeriodSeconds = default, bool? ignoreStoreReadErrorWithClusterBreakingPotential = default,
        bool? orphanDependents = default, string propagationPolicy = default, bool? pretty = default,
        CancellationToken cancellationToken = default)
    {
        using var response = await operations.DeleteNamespacedJobWithHttpMessagesAsync(
            name, namespaceParameter, body, dryRun, gracePeriodSeconds, ignoreStoreReadErrorWithClusterBreakingPotential,
            orphanDependents, propagationPolicy, pretty, null, cancellationToken).ConfigureAwait(false);
        return response.Body;
    }

    /// <inheritdoc cref="IBatchV1Operations.DeleteCollectionNamespacedJobWithHttpMessagesAsync"/>
    public static async Task<V1Status> DeleteCollectionNamespacedJobAsync(
        this IBatchV1Operations operations, string namespaceParameter, V1DeleteOptions body = default, string continueParameter = default,
        string dryRun = default, string fieldSelector = default, int? gracePeriodSeconds = default,
        bool? ignoreStoreReadErrorWithClusterBreakingPotential = default, string labelSelector = default, int? limit = default,
        bool? orphanDependents = default, string propagationPolicy = default, string resourceVersion = default,
        string resourceVersionMatch = default, bool? sendInitialEvents = default, int? timeoutSeconds = default, bool? pretty = default,
        CancellationToken cancellationToken = default)
    {
        using var response = await operations.DeleteCollectionNamespacedJobWithHttpMessagesAsync(
            namespaceParameter, body, continueParameter, dryRun, fieldSelector, gracePeriodSeconds,
            ignoreStoreReadErrorWithClusterBreakingPotential, labelSelector, limit, orphanDependents, propagationPolicy, resourceVersion,
            resourceVersionMatch, sendInitialEvents, timeoutSeconds, pretty, null, cancellationToken).ConfigureAwait(false);
        return response.Body;
    }
}
