#nullable disable // as the package: no annotations

using k8s.Autorest;
using k8s.Models;
using PatchOperator.Sdk.Http;

namespace k8s;

public partial class Kubernetes : ICustomObjectsOperations
{
    Task<HttpOperationResponse<T>> ICustomObjectsOperations.ListClusterCustomObjectWithHttpMessagesAsync<T>(
        string group, string version, string plural, bool? allowWatchBookmarks, string continueParameter, string fieldSelector,
        string labelSelector, int? limit, string resourceVersion, string resourceVersionMatch, int? timeoutSeconds, bool? watch,
        bool? pretty, IReadOnlyDictionary<string, IReadOnlyList<string>> customHeaders, CancellationToken cancellationToken)
    {
        var request = new ApiRequest(HttpMethod.Get, $"apis/{group}/{version}/{plural}")
            .Query("allowWatchBookmarks", allowWatchBookmarks).Query("continue", continueParameter).Query("fieldSelector", fieldSelector)
            .Query("labelSelector", labelSelector).Query("limit", limit).Query("resourceVersion", resourceVersion)
            .Query("resourceVersionMatch", resourceVersionMatch).Query("timeoutSeconds", timeoutSeconds).Query("watch", watch)
            .Query("pretty", pretty);
        return SendAsync<T>(request, customHeaders, watch, cancellationToken);
    }

    Task<HttpOperationResponse<T>> ICustomObjectsOperations.ListNamespacedCustomObjectWithHttpMessagesAsync<T>(
        string group, string version, string namespaceParameter, string plural, bool? allowWatchBookmarks, string continueParameter,
        string fieldSelector, string labelSelector, int? limit, string resourceVersion, string resourceVersionMatch, int? timeoutSeconds,
        bool? watch, bool? pretty, IReadOnlyDictionary<string, IReadOnlyList<string>> customHeaders, CancellationToken cancellationToken)
    {
        var request = new ApiRequest(HttpMethod.Get, $"apis/{group}/{version}/namespaces/{namespaceParameter}/{plural}")
            .Query("allowWatchBookmarks", allowWatchBookmarks).Query("continue", continueParameter).Query("fieldSelector", fieldSelector)
            .Query("labelSelector", labelSelector).Query("limit", limit).Query("resourceVersion", resourceVersion)
            .Query("resourceVersionMatch", resourceVersionMatch).Query("timeoutSeconds", timeoutSeconds).Query("watch", watch)
            .Query("pretty", pretty);
        return SendAsync<T>(request, customHeaders, watch, cancellationToken);
    }

    Task<HttpOperationResponse<T>> ICustomObjectsOperations.GetClusterCustomObjectWithHttpMessagesAsync<T>(
        string group, string version, string plural, string name, IReadOnlyDictionary<string, IReadOnlyList<string>> customHeaders,
        CancellationToken cancellationToken)
    {
        var request = new ApiRequest(HttpMethod.Get, $"apis/{group}/{version}/{plural}/{name}");
        return SendAsync<T>(request, customHeaders, cancellationToken);
    }

    Task<HttpOperationResponse<T>> ICustomObjectsOperations.GetNamespacedCustomObjectWithHttpMessagesAsync<T>(
        string group, string version, string namespaceParameter, string plural, string name,
        IReadOnlyDictionary<string, IReadOnlyList<string>> customHeaders, CancellationToken cancellationToken)
    {
        var request = new ApiRequest(HttpMethod.Get, $"apis/{group}/{version}/namespaces/{namespaceParameter}/{plural}/{name}");
        return SendAsync<T>(request, customHeaders, cancellationToken);
    }

    Task<HttpOperationResponse<T>> ICustomObjectsOperations.CreateClusterCustomObjectWithHttpMessagesAsync<T>(
        object body, string group, string version, string plural, string dryRun, string fieldManager, string fieldValidation,
        bool? pretty, IReadOnlyDictionary<string, IReadOnlyList<string>> customHeaders, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(body);
        var request = new ApiRequest(HttpMethod.Post, $"apis/{group}/{version}/{plural}", body)
            .Query("dryRun", dryRun).Query("fieldManager", fieldManager).Query("fieldValidation", fieldValidation)
            .Query("pretty", pretty);
        return SendAsync<T>(request, customHeaders, cancellationToken);
    }

    Task<HttpOperationResponse<T>> ICustomObjectsOperations.CreateNamespacedCustomObjectWithHttpMessagesAsync<T>(
        object body, string group, string version, string namespaceParameter, string plural, string dryRun, string fieldManager,
        string fieldValidation, bool? pretty, IReadOnlyDictionary<string, IReadOnlyList<string>> customHeaders,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(body);
        var request = new ApiRequest(HttpMethod.Post, $"apis/{group}/{version}/namespaces/{namespaceParameter}/{plural}", body)
            .Query("dryRun", dryRun).Query("fieldManager", fieldManager).Query("fieldValidation", fieldValidation)
            .Query("pretty", pretty);
        return SendAsync<T>(request, customHeaders, cancellationToken);
    }

    Task<HttpOperationResponse<T>> ICustomObjectsOperations.ReplaceClusterCustomObjectWithHttpMessagesAsync<T>(
        object body, string group, string version, string plural, string name, string dryRun, string fieldManager, string fieldValidation,
        IReadOnlyDictionary<string, IReadOnlyList<string>> customHeaders, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(body);
        var request = new ApiRequest(HttpMethod.Put, $"apis/{group}/{version}/{plural}/{name}", body)
            .Query("dryRun", dryRun).Query("fieldManager", fieldManager).Query("fieldValidation", fieldValidation);
        return SendAsync<T>(request, customHeaders, cancellationToken);
    }

    Task<HttpOperationResponse<T>> ICustomObjectsOperations.ReplaceNamespacedCustomObjectWithHttpMessagesAsync<T>(
        object body, string group, string version, string namespaceParameter, string plural, string name, string dryRun,
        string fieldManager, string fieldValidation, IReadOnlyDictionary<string, IReadOnlyList<string>> customHeaders,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(body);
        var request = new ApiRequest(HttpMethod.Put, $"apis/{group}/{version}/namespaces/{namespaceParameter}/{plural}/{name}", body)
            .Query("dryRun", dryRun).Query("fieldManager", fieldManager).Query("fieldValidation", fieldValidation);
        return SendAsync<T>(request, customHeaders, cancellationToken);
    }

    Task<HttpOperationResponse<T>> ICustomObjectsOperations.ReplaceClusterCustomObjectStatusWithHttpMessagesAsync<T>(
        object body, string group, string version, string plural, string name, string dryRun, string fieldManager, string fieldValidation,
        IReadOnlyDictionary<string, IReadOnlyList<string>> customHeaders, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(body);
        var request = new ApiRequest(HttpMethod.Put, $"apis/{group}/{version}/{plural}/{name}/status", body)
            .Query("dryRun", dryRun).Query("fieldManager", fieldManager).Query("fieldValidation", fieldValidation);
        return SendAsync<T>(request, customHeaders, cancellationToken);
    }

    Task<HttpOperationResponse<T>> ICustomObjectsOperations.ReplaceNamespacedCustomObjectStatusWithHttpMessagesAsync<T>(
        object body, string group, string version, string namespaceParameter, string plural, string name, string dryRun,
        string fieldManager, string fieldValidation, IReadOnlyDictionary<string, IReadOnlyList<string>> customHeaders,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(body);
        var request = new ApiRequest(HttpMethod.Put, $"apis/{group}/{version}/namespaces/{namespaceParameter}/{plural}/{name}/status", body)
            .Query("dryRun", dryRun).Query("fieldManager", fieldManager).Query("fieldValidation", fieldValidation);
        return SendAsync<T>(request, customHeaders, cancellationToken);
    }

    Task<HttpOperationResponse<T>> ICustomObjectsOperations.PatchClusterCustomObjectWithHttpMessagesAsync<T>(
        object body, string group, string version, string plural, string name, string dryRun, string fieldManager, string fieldValidation,
        bool? force, IReadOnlyDictionary<string, IReadOnlyList<string>> customHeaders, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(body);
        var request = new ApiRequest(HttpMethod.Patch, $"apis/{group}/{version}/{plural}/{name}", body)
            .Query("dryRun", dryRun).Query("fieldManager", fieldManager).Query("fieldValidation", fieldValidation).Query("force", force);
        return SendAsync<T>(request, customHeaders, cancellationToken);
    }

    Task<HttpOperationResponse<T>> ICustomObjectsOperations.PatchNamespacedCustomObjectWithHttpMessagesAsync<T>(
        object body, string group, string version, string namespaceParameter, string plural, string name, string dryRun,
        string fieldManager, string fieldValidation, bool? force, IReadOnlyDictionary<string, IReadOnlyList<string>> customHeaders,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(body);
        var request = new ApiRequest(HttpMethod.Patch, $"apis/{group}/{version}/namespaces/{namespaceParameter}/{plural}/{name}", body)
            .Query("dryRun", dryRun).Query("fieldManager", fieldManager).Query("fieldValidation", fieldValidation).Query("force", force);
        return SendAsync<T>(request, customHeaders, cancellationToken);
    }

    Task<HttpOperationResponse<T>> ICustomObjectsOperations.PatchClusterCustomObjectStatusWithHttpMessagesAsync<T>(
        object body, string group, string version, string plural, string name, string dryRun, string fieldManager, string fieldValidation,
        bool? force, IReadOnlyDictionary<string, IReadOnlyList<string>> customHeaders, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(body);
        var request = new ApiRequest(HttpMethod.Patch, $"apis/{group}/{version}/{plural}/{name}/status", body)
            .Query("dryRun", dryRun).Query("fieldManager", fieldManager).Query("fieldValidation", fieldValidation).Query("force", force);
        return SendAsync<T>(request, customHeaders, cancellationToken);
    }

    Task<HttpOperationResponse<T>> ICustomObjectsOperations.PatchNamespacedCustomObjectStatusWithHttpMessagesAsync<T>(
        object body, string group, string version, string namespaceParameter, string plural, string name, string dryRun,
        string fieldManager, string fieldValidation, bool? force, IReadOnlyDictionary<string, IReadOnlyList<string>> customHeaders,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(body);
        var request = new ApiRequest(HttpMethod.Patch, $"apis/{group}/{version}/namespaces/{namespaceParameter}/{plural}/{name}/status", body)
            .Query("dryRun", dryRun).Query("fieldManager", fieldManager).Query("fieldValidation", fieldValidation).Query("force", force);
        return SendAsync<T>(request, customHeaders, cancellationToken);
    }

    Task<HttpOperationResponse<T>> ICustomObjectsOperations.DeleteClusterCustomObjectWithHttpMessagesAsync<T>(
        string group, string version, string plural, string name, V1DeleteOptions body, int? gracePeriodSeconds, bool? orphanDependents,
        string propagationPolicy, string dryRun, IReadOnlyDictionary<string, IReadOnlyList<string>> customHeaders,
        CancellationToken cancellationToken)
    {
        var request = new ApiRequest(HttpMethod.Delete, $"apis/{group}/{version}/{plural}/{name}", body)
            .Query("gracePeriodSeconds", gracePeriodSeconds).Query("orphanDependents", orphanDependents)
            .Query("propagationPolicy", propagationPolicy).Query("dryRun", dryRun);
        return SendAsync<T>(request, customHeaders, cancellationToken);
    }

    Task<HttpOperationResponse<T>> ICustomObjectsOperations.DeleteNamespacedCustomObjectWithHttpMessagesAsync<T>(
        string group, string version, string namespaceParameter, string plural, string name, V1DeleteOptions body,
        int? gracePeriodSeconds, bool? orphanDependents, string propagationPolicy, string dryRun,
        IReadOnlyDictionary<string, IReadOnlyList<string>> customHeaders, CancellationToken cancellationToken)
    {
        var request = new ApiRequest(HttpMethod.Delete, $"apis/{group}/{version}/namespaces/{namespaceParameter}/{plural}/{name}", body)
            .Query("gracePeriodSeconds", gracePeriodSeconds).Query("orphanDependents", orphanDependents)
            .Query("propagationPolicy", propagationPolicy).Query("dryRun", dryRun);
        return SendAsync<T>(request, customHeaders, cancellationToken);
    }
}
