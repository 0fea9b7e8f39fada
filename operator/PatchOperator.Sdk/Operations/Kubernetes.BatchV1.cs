#nullable disable // as the package: no annotations

using k8s.Autorest;
using k8s.Models;
using PatchOperator.Sdk.Http;

namespace k8s;

public partial class Kubernetes : IBatchV1Operations
{
    Task<HttpOperationResponse<V1Job>> IBatchV1Operations.CreateNamespacedJobWithHttpMessagesAsync(
        V1Job body, string namespaceParameter, string dryRun, string fieldManager, string fieldValidation, bool? pretty,
        IReadOnlyDictionary<string, IReadOnlyList<string>> customHeaders, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(body);
        var request = new ApiRequest(HttpMethod.Post, $"apis/batch/v1/namespaces/{namespaceParameter}/jobs", body)
            .Query("dryRun", dryRun).Query("fieldManager", fieldManager).Query("fieldValidation", fieldValidation)
            .Query("pretty", pretty);
        return SendAsync<V1Job>(request, customHeaders, cancellationToken);
    }

    Task<HttpOperationResponse<V1Job>> IBatchV1Operations.ReadNamespacedJobWithHttpMessagesAsync(
        string name, string namespaceParameter, bool? pretty, IReadOnlyDictionary<string, IReadOnlyList<string>> customHeaders,
        CancellationToken cancellationToken)
    {
        var request = new ApiRequest(HttpMethod.Get, $"apis/batch/v1/namespaces/{namespaceParameter}/jobs/{name}")
            .Query("pretty", pretty);
        return SendAsync<V1Job>(request, customHeaders, cancellationToken);
    }

    Task<HttpOperationResponse<V1JobList>> IBatchV1Operations.ListNamespacedJobWithHttpMessagesAsync(
        string namespaceParameter, bool? allowWatchBookmarks, string continueParameter, string fieldSelector, string labelSelector,
        int? limit, string resourceVersion, string resourceVersionMatch, bool? sendInitialEvents, int? timeoutSeconds, bool? watch,
        bool? pretty, IReadOnlyDictionary<string, IReadOnlyList<string>> customHeaders, CancellationToken cancellationToken)
    {
        var request = new ApiRequest(HttpMethod.Get, $"apis/batch/v1/namespaces/{namespaceParameter}/jobs")
            .Query("allowWatchBookmarks", allowWatchBookmarks).Query("continue", continueParameter).Query("fieldSelector", fieldSelector)
            .Query("labelSelector", labelSelector).Query("limit", limit).Query("resourceVersion", resourceVersion)
            .Query("resourceVersionMatch", resourceVersionMatch).Query("sendInitialEvents", sendInitialEvents)
            .Query("timeoutSeconds", timeoutSeconds).Query("watch", watch).Query("pretty", pretty);
        return SendAsync<V1JobList>(request, customHeaders, watch, cancellationToken);
    }

    Task<HttpOperationResponse<V1Job>> IBatchV1Operations.PatchNamespacedJobStatusWithHttpMessagesAsync(
        V1Patch body, string name, string namespaceParameter, string dryRun, string fieldManager, string fieldValidation, bool? force,
        bool? pretty, IReadOnlyDictionary<string, IReadOnlyList<string>> customHeaders, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(body);
        var request = new ApiRequest(HttpMethod.Patch, $"apis/batch/v1/namespaces/{namespaceParameter}/jobs/{name}/status", body)
            .Query("dryRun", dryRun).Query("fieldManager", fieldManager).Query("fieldValidation", fieldValidation).Query("force", force)
            .Query("pretty", pretty);
        return SendAsync<V1Job>(request, customHeaders, cancellationToken);
    }

    Task<HttpOperationResponse<V1Status>> IBatchV1Operations.DeleteNamespacedJobWithHttpMessagesAsync(
        string name, string namespaceParameter, V1DeleteOptions body, string dryRun, int? gracePeriodSeconds,
        bool? ignoreStoreReadErrorWithClusterBreakingPotential, bool? orphanDependents, string propagationPolicy, bool? pretty,
        IReadOnlyDictionary<string, IReadOnlyList<string>> customHeaders, CancellationToken cancellationToken)
    {
        var request = new ApiRequest(HttpMethod.Delete, $"apis/batch/v1/namespaces/{namespaceParameter}/jobs/{name}", body)
            .Query("dryRun", dryRun).Query("gracePeriodSeconds", gracePeriodSeconds)
            .Query("ignoreStoreReadErrorWithClusterBreakingPotential", ignoreStoreReadErrorWithClusterBreakingPotential)
            .Query("orphanDependents", orphanDependents).Query("propagationPolicy", propagationPolicy).Query("pretty", pretty);
        return SendAsync<V1Status>(request, customHeaders, cancellationToken);
    }

    Task<HttpOperationResponse<V1Status>> IBatchV1Operations.DeleteCollectionNamespacedJobWithHttpMessagesAsync(
        string namespaceParameter, V1DeleteOptions body, string continueParameter, string dryRun, string fieldSelector,
        int? gracePeriodSeconds, bool? ignoreStoreReadErrorWithClusterBreakingPotential, string labelSelector, int? limit,
        bool? orphanDependents, string propagationPolicy, string resourceVersion, string resourceVersionMatch, bool? sendInitialEvents,
        int? timeoutSeconds, bool? pretty, IReadOnlyDictionary<string, IReadOnlyList<string>> customHeaders,
        CancellationToken cancellationToken)
    {
        var request = new ApiRequest(HttpMethod.Delete, $"apis/batch/v1/namespaces/{namespaceParameter}/jobs", body)
            .Query("continue", continueParameter).Query("dryRun", dryRun).Query("fieldSelector", fieldSelector)
            .Query("gracePeriodSeconds", gracePeriodSeconds)
            .Query("ignoreStoreReadErrorWithClusterBreakingPotential", ignoreStoreReadErrorWithClusterBreakingPotential)
            .Query("labelSelector", labelSelector).Query("limit", limit).Query("orphanDependents", orphanDependents)
            .Query("propagationPolicy", propagationPolicy).Query("resourceVersion", resourceVersion)
            .Query("resourceVersionMatch", resourceVersionMatch).Query("sendInitialEvents", sendInitialEvents)
            .Query("timeoutSeconds", timeoutSeconds).Query("pretty", pretty);
        return SendAsync<V1Status>(request, customHeaders, cancellationToken);
    }
}
