#nullable disable // as the package: no annotations

using k8s.Autorest;
using k8s.Models;
using PatchOperator.Sdk.Http;

namespace k8s;

public partial class Kubernetes : ICoreV1Operations
{
    Task<HttpOperationResponse<V1Eviction>> ICoreV1Operations.CreateNamespacedPodEvictionWithHttpMessagesAsync(
        V1Eviction body, string name, string namespaceParameter, string dryRun, string fieldManager, string fieldValidation, bool? pretty,
        IReadOnlyDictionary<string, IReadOnlyList<string>> customHeaders, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(body);
        var request = new ApiRequest(HttpMethod.Post, $"api/v1/namespaces/{namespaceParameter}/pods/{name}/eviction", body)
            .Query("dryRun", dryRun).Query("fieldManager", fieldManager).Query("fieldValidation", fieldValidation)
            .Query("pretty", pretty);
        return SendAsync<V1Eviction>(request, customHeaders, cancellationToken);
    }

    Task<HttpOperationResponse<Stream>> ICoreV1Operations.ReadNamespacedPodLogWithHttpMessagesAsync(
        string name, string namespaceParameter, string container, bool? follow, bool? insecureSkipTLSVerifyBackend, int? limitBytes,
        bool? pretty, bool? previous, int? sinceSeconds, string stream, int? tailLines, bool? timestamps,
        IReadOnlyDictionary<string, IReadOnlyList<string>> customHeaders, CancellationToken cancellationToken)
    {
        var request = new ApiRequest(HttpMethod.Get, $"api/v1/namespaces/{namespaceParameter}/pods/{name}/log")
            .Query("container", container).Query("follow", follow).Query("insecureSkipTLSVerifyBackend", insecureSkipTLSVerifyBackend)
            .Query("limitBytes", limitBytes).Query("pretty", pretty).Query("previous", previous).Query("sinceSeconds", sinceSeconds)
            .Query("stream", stream).Query("tailLines", tailLines).Query("timestamps", timestamps);
        return SendForStreamAsync(request, customHeaders, cancellationToken);
    }

    Task<HttpOperationResponse<V1Pod>> ICoreV1Operations.CreateNamespacedPodWithHttpMessagesAsync(
        V1Pod body, string namespaceParameter, string dryRun, string fieldManager, string fieldValidation, bool? pretty,
        IReadOnlyDictionary<string, IReadOnlyList<string>> customHeaders, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(body);
        var request = new ApiRequest(HttpMethod.Post, $"api/v1/namespaces/{namespaceParameter}/pods", body)
            .Query("dryRun", dryRun).Query("fieldManager", fieldManager).Query("fieldValidation", fieldValidation)
            .Query("pretty", pretty);
        return SendAsync<V1Pod>(request, customHeaders, cancellationToken);
    }

    Task<HttpOperationResponse<V1Pod>> ICoreV1Operations.ReadNamespacedPodWithHttpMessagesAsync(
        string name, string namespaceParameter, bool? pretty, IReadOnlyDictionary<string, IReadOnlyList<string>> customHeaders,
        CancellationToken cancellationToken)
    {
        var request = new ApiRequest(HttpMethod.Get, $"api/v1/namespaces/{namespaceParameter}/pods/{name}")
            .Query("pretty", pretty);
        return SendAsync<V1Pod>(request, customHeaders, cancellationToken);
    }

    Task<HttpOperationResponse<V1PodList>> ICoreV1Operations.ListNamespacedPodWithHttpMessagesAsync(
        string namespaceParameter, bool? allowWatchBookmarks, string continueParameter, string fieldSelector, string labelSelector,
        int? limit, string resourceVersion, string resourceVersionMatch, bool? sendInitialEvents, int? timeoutSeconds, bool? watch,
        bool? pretty, IReadOnlyDictionary<string, IReadOnlyList<string>> customHeaders, CancellationToken cancellationToken)
    {
        var request = new ApiRequest(HttpMethod.Get, $"api/v1/namespaces/{namespaceParameter}/pods")
            .Query("allowWatchBookmarks", allowWatchBookmarks).Query("continue", continueParameter).Query("fieldSelector", fieldSelector)
            .Query("labelSelector", labelSelector).Query("limit", limit).Query("resourceVersion", resourceVersion)
            .Query("resourceVersionMatch", resourceVersionMatch).Query("sendInitialEvents", sendInitialEvents)
            .Query("timeoutSeconds", timeoutSeconds).Query("watch", watch).Query("pretty", pretty);
        return SendAsync<V1PodList>(request, customHeaders, watch, cancellationToken);
    }

    Task<HttpOperationResponse<V1PodList>> ICoreV1Operations.ListPodForAllNamespacesWithHttpMessagesAsync(
        bool? allowWatchBookmarks, string continueParameter, string fieldSelector, string labelSelector, int? limit, bool? pretty,
        string resourceVersion, string resourceVersionMatch, bool? sendInitialEvents, int? timeoutSeconds, bool? watch,
        IReadOnlyDictionary<string, IReadOnlyList<string>> customHeaders, CancellationToken cancellationToken)
    {
        var request = new ApiRequest(HttpMethod.Get, $"api/v1/pods")
            .Query("allowWatchBookmarks", allowWatchBookmarks).Query("continue", continueParameter).Query("fieldSelector", fieldSelector)
            .Query("labelSelector", labelSelector).Query("limit", limit).Query("pretty", pretty).Query("resourceVersion", resourceVersion)
            .Query("resourceVersionMatch", resourceVersionMatch).Query("sendInitialEvents", sendInitialEvents)
            .Query("timeoutSeconds", timeoutSeconds).Query("watch", watch);
        return SendAsync<V1PodList>(request, customHeaders, watch, cancellationToken);
    }

    Task<HttpOperationResponse<V1Pod>> ICoreV1Operations.PatchNamespacedPodStatusWithHttpMessagesAsync(
        V1Patch body, string name, string namespaceParameter, string dryRun, string fieldManager, string fieldValidation, bool? force,
        bool? pretty, IReadOnlyDictionary<string, IReadOnlyList<string>> customHeaders, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(body);
        var request = new ApiRequest(HttpMethod.Patch, $"api/v1/namespaces/{namespaceParameter}/pods/{name}/status", body)
            .Query("dryRun", dryRun).Query("fieldManager", fieldManager).Query("fieldValidation", fieldValidation).Query("force", force)
            .Query("pretty", pretty);
        return SendAsync<V1Pod>(request, customHeaders, cancellationToken);
    }

    Task<HttpOperationResponse<V1Pod>> ICoreV1Operations.DeleteNamespacedPodWithHttpMessagesAsync(
        string name, string namespaceParameter, V1DeleteOptions body, string dryRun, int? gracePeriodSeconds,
        bool? ignoreStoreReadErrorWithClusterBreakingPotential, bool? orphanDependents, string propagationPolicy, bool? pretty,
        IReadOnlyDictionary<string, IReadOnlyList<string>> customHeaders, CancellationToken cancellationToken)
    {
        var request = new ApiRequest(HttpMethod.Delete, $"api/v1/namespaces/{namespaceParameter}/pods/{name}", body)
            .Query("dryRun", dryRun).Query("gracePeriodSeconds", gracePeriodSeconds)
            .Query("ignoreStoreReadErrorWithClusterBreakingPotential", ignoreStoreReadErrorWithClusterBreakingPotential)
            .Query("orphanDependents", orphanDependents).Query("propagationPolicy", propagationPolicy).Query("pretty", pretty);
        return SendAsync<V1Pod>(request, customHeaders, cancellationToken);
    }

    Task<HttpOperationResponse<V1Node>> ICoreV1Operations.CreateNodeWithHttpMessagesAsync(
        V1Node body, string dryRun, string fieldManager, string fieldValidation, bool? pretty,
        IReadOnlyDictionary<string, IReadOnlyList<string>> customHeaders, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(body);
        var request = new ApiRequest(HttpMethod.Post, $"api/v1/nodes", body)
            .Query("dryRun", dryRun).Query("fieldManager", fieldManager).Query("fieldValidation", fieldValidation)
            .Query("pretty", pretty);
        return SendAsync<V1Node>(request, customHeaders, cancellationToken);
    }

    Task<HttpOperationResponse<V1Node>> ICoreV1Operations.ReadNodeWithHttpMessagesAsync(
        string name, bool? pretty, IReadOnlyDictionary<string, IReadOnlyList<string>> customHeaders, CancellationToken cancellationToken)
    {
        var request = new ApiRequest(HttpMethod.Get, $"api/v1/nodes/{name}")
            .Query("pretty", pretty);
        return SendAsync<V1Node>(request, customHeaders, cancellationToken);
    }

    Task<HttpOperationResponse<V1NodeList>> ICoreV1Operations.ListNodeWithHttpMessagesAsync(
        bool? allowWatchBookmarks, string continueParameter, string fieldSelector, string labelSelector, int? limit,
        string resourceVersion, string resourceVersionMatch, bool? sendInitialEvents, int? timeoutSeconds, bool? watch, bool? pretty,
        IReadOnlyDictionary<string, IReadOnlyList<string>> customHeaders, CancellationToken cancellationToken)
    {
        var request = new ApiRequest(HttpMethod.Get, $"api/v1/nodes")
            .Query("allowWatchBookmarks", allowWatchBookmarks).Query("continue", continueParameter).Query("fieldSelector", fieldSelector)
            .Query("labelSelector", labelSelector).Query("limit", limit).Query("resourceVersion", resourceVersion)
            .Query("resourceVersionMatch", resourceVersionMatch).Query("sendInitialEvents", sendInitialEvents)
            .Query("timeoutSeconds", timeoutSeconds).Query("watch", watch).Query("pretty", pretty);
        return SendAsync<V1NodeList>(request, customHeaders, watch, cancellationToken);
    }

    Task<HttpOperationResponse<V1Node>> ICoreV1Operations.PatchNodeWithHttpMessagesAsync(
        V1Patch body, string name, string dryRun, string fieldManager, string fieldValidation, bool? force, bool? pretty,
        IReadOnlyDictionary<string, IReadOnlyList<string>> customHeaders, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(body);
        var request = new ApiRequest(HttpMethod.Patch, $"api/v1/nodes/{name}", body)
            .Query("dryRun", dryRun).Query("fieldManager", fieldManager).Query("fieldValidation", fieldValidation).Query("force", force)
            .Query("pretty", pretty);
        return SendAsync<V1Node>(request, customHeaders, cancellationToken);
    }

    Task<HttpOperationResponse<V1Node>> ICoreV1Operations.PatchNodeStatusWithHttpMessagesAsync(
        V1Patch body, string name, string dryRun, string fieldManager, string fieldValidation, bool? force, bool? pretty,
        IReadOnlyDictionary<string, IReadOnlyList<string>> customHeaders, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(body);
        var request = new ApiRequest(HttpMethod.Patch, $"api/v1/nodes/{name}/status", body)
            .Query("dryRun", dryRun).Query("fieldManager", fieldManager).Query("fieldValidation", fieldValidation).Query("force", force)
            .Query("pretty", pretty);
        return SendAsync<V1Node>(request, customHeaders, cancellationToken);
    }

    Task<HttpOperationResponse<V1Status>> ICoreV1Operations.DeleteNodeWithHttpMessagesAsync(
        string name, V1DeleteOptions body, string dryRun, int? gracePeriodSeconds, bool? ignoreStoreReadErrorWithClusterBreakingPotential,
        bool? orphanDependents, string propagationPolicy, bool? pretty, IReadOnlyDictionary<string, IReadOnlyList<string>> customHeaders,
        CancellationToken cancellationToken)
    {
        var request = new ApiRequest(HttpMethod.Delete, $"api/v1/nodes/{name}", body)
            .Query("dryRun", dryRun).Query("gracePeriodSeconds", gracePeriodSeconds)
            .Query("ignoreStoreReadErrorWithClusterBreakingPotential", ignoreStoreReadErrorWithClusterBreakingPotential)
            .Query("orphanDependents", orphanDependents).Query("propagationPolicy", propagationPolicy).Query("pretty", pretty);
        return SendAsync<V1Status>(request, customHeaders, cancellationToken);
    }

    Task<HttpOperationResponse<V1Namespace>> ICoreV1Operations.CreateNamespaceWithHttpMessagesAsync(
        V1Namespace body, string dryRun, string fieldManager, string fieldValidation, bool? pretty,
        IReadOnlyDictionary<string, IReadOnlyList<string>> customHeaders, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(body);
        var request = new ApiRequest(HttpMethod.Post, $"api/v1/namespaces", body)
            .Query("dryRun", dryRun).Query("fieldManager", fieldManager).Query("fieldValidation", fieldValidation)
            .Query("pretty", pretty);
        return SendAsync<V1Namespace>(request, customHeaders, cancellationToken);
    }

    Task<HttpOperationResponse<V1Namespace>> ICoreV1Operations.ReadNamespaceWithHttpMessagesAsync(
        string name, bool? pretty, IReadOnlyDictionary<string, IReadOnlyList<string>> customHeaders, CancellationToken cancellationToken)
    {
        var request = new ApiRequest(HttpMethod.Get, $"api/v1/namespaces/{name}")
            .Query("pretty", pretty);
        return SendAsync<V1Namespace>(request, customHeaders, cancellationToken);
    }

    Task<HttpOperationResponse<Corev1Event>> ICoreV1Operations.CreateNamespacedEventWithHttpMessagesAsync(
        Corev1Event body, string namespaceParameter, string dryRun, string fieldManager, string fieldValidation, bool? pretty,
        IReadOnlyDictionary<string, IReadOnlyList<string>> customHeaders, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(body);
        var request = new ApiRequest(HttpMethod.Post, $"api/v1/namespaces/{namespaceParameter}/events", body)
            .Query("dryRun", dryRun).Query("fieldManager", fieldManager).Query("fieldValidation", fieldValidation)
            .Query("pretty", pretty);
        return SendAsync<Corev1Event>(request, customHeaders, cancellationToken);
    }

    Task<HttpOperationResponse<Corev1EventList>> ICoreV1Operations.ListNamespacedEventWithHttpMessagesAsync(
        string namespaceParameter, bool? allowWatchBookmarks, string continueParameter, string fieldSelector, string labelSelector,
        int? limit, string resourceVersion, string resourceVersionMatch, bool? sendInitialEvents, int? timeoutSeconds, bool? watch,
        bool? pretty, IReadOnlyDictionary<string, IReadOnlyList<string>> customHeaders, CancellationToken cancellationToken)
    {
        var request = new ApiRequest(HttpMethod.Get, $"api/v1/namespaces/{namespaceParameter}/events")
            .Query("allowWatchBookmarks", allowWatchBookmarks).Query("continue", continueParameter).Query("fieldSelector", fieldSelector)
            .Query("labelSelector", labelSelector).Query("limit", limit).Query("resourceVersion", resourceVersion)
            .Query("resourceVersionMatch", resourceVersionMatch).Query("sendInitialEvents", sendInitialEvents)
            .Query("timeoutSeconds", timeoutSeconds).Query("watch", watch).Query("pretty", pretty);
        return SendAsync<Corev1EventList>(request, customHeaders, watch, cancellationToken);
    }

    Task<HttpOperationResponse<Corev1EventList>> ICoreV1Operations.ListEventForAllNamespacesWithHttpMessagesAsync(
        bool? allowWatchBookmarks, string continueParameter, string fieldSelector, string labelSelector, int? limit, bool? pretty,
        string resourceVersion, string resourceVersionMatch, bool? sendInitialEvents, int? timeoutSeconds, bool? watch,
        IReadOnlyDictionary<string, IReadOnlyList<string>> customHeaders, CancellationToken cancellationToken)
    {
        var request = new ApiRequest(HttpMethod.Get, $"api/v1/events")
            .Query("allowWatchBookmarks", allowWatchBookmarks).Query("continue", continueParameter).Query("fieldSelector", fieldSelector)
            .Query("labelSelector", labelSelector).Query("limit", limit).Query("pretty", pretty).Query("resourceVersion", resourceVersion)
            .Query("resourceVersionMatch", resourceVersionMatch).Query("sendInitialEvents", sendInitialEvents)
            .Query("timeoutSeconds", timeoutSeconds).Query("watch", watch);
        return SendAsync<Corev1EventList>(request, customHeaders, watch, cancellationToken);
    }
}
