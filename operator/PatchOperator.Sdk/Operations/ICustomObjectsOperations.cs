#nullable disable // as the package: no annotations

using k8s.Autorest;
using k8s.Models;

namespace k8s;

/// <summary>Requests of objects of any kind, by group, version and plural.</summary>
public interface ICustomObjectsOperations
{
    /// <summary>GET <c>/apis/{group}/{version}/{plural}</c></summary>
    Task<HttpOperationResponse<T>> ListClusterCustomObjectWithHttpMessagesAsync<T>(
        string group, string version, string plural, bool? allowWatchBookmarks = default, string continueParameter = default,
        string fieldSelector = default, string labelSelector = default, int? limit = default, string resourceVersion = default,
        string resourceVersionMatch = default, int? timeoutSeconds = default, bool? watch = default, bool? pretty = default,
        IReadOnlyDictionary<string, IReadOnlyList<string>> customHeaders = null, CancellationToken cancellationToken = default);

    /// <summary>GET <c>/apis/{group}/{version}/namespaces/{namespace}/{plural}</c></summary>
    Task<HttpOperationResponse<T>> ListNamespacedCustomObjectWithHttpMessagesAsync<T>(
        string group, string version, string namespaceParameter, string plural, bool? allowWatchBookmarks = default,
        string continueParameter = default, string fieldSelector = default, string labelSelector = default, int? limit = default,
        string resourceVersion = default, string resourceVersionMatch = default, int? timeoutSeconds = default, bool? watch = default,
        bool? pretty = default, IReadOnlyDictionary<string, IReadOnlyList<string>> customHeaders = null,
        CancellationToken cancellationToken = default);

    /// <summary>GET <c>/apis/{group}/{version}/{plural}/{name}</c></summary>
    Task<HttpOperationResponse<T>> GetClusterCustomObjectWithHttpMessagesAsync<T>(
        string group, string version, string plural, string name, IReadOnlyDictionary<string, IReadOnlyList<string>> customHeaders = null,
        CancellationToken cancellationToken = default);

    /// <summary>GET <c>/apis/{group}/{version}/namespaces/{namespace}/{plural}/{name}</c></summary>
    Task<HttpOperationResponse<T>> GetNamespacedCustomObjectWithHttpMessagesAsync<T>(
        string group, string version, string namespaceParameter, string plural, string name,
        IReadOnlyDictionary<string, IReadOnlyList<string>> customHeaders = null, CancellationToken cancellationToken = default);

    /// <summary>POST <c>/apis/{group}/{version}/{plural}</c></summary>
    Task<HttpOperationResponse<T>> CreateClusterCustomObjectWithHttpMessagesAsync<T>(
        object body, string group, string version, string plural, string dryRun = default, string fieldManager = default,
        string fieldValidation = default, bool? pretty = default, IReadOnlyDictionary<string, IReadOnlyList<string>> customHeaders = null,
        CancellationToken cancellationToken = default);

    /// <summary>POST <c>/apis/{group}/{version}/namespaces/{namespace}/{plural}</c></summary>
    Task<HttpOperationResponse<T>> CreateNamespacedCustomObjectWithHttpMessagesAsync<T>(
        object body, string group, string version, string namespaceParameter, string plural, string dryRun = default,
        string fieldManager = default, string fieldValidation = default, bool? pretty = default,
        IReadOnlyDictionary<string, IReadOnlyList<string>> customHeaders = null, CancellationToken cancellationToken = default);

    /// <summary>PUT <c>/apis/{group}/{version}/{plural}/{name}</c></summary>
    Task<HttpOperationResponse<T>> ReplaceClusterCustomObjectWithHttpMessagesAsync<T>(
        object body, string group, string version, string plural, string name, string dryRun = default, string fieldManager = default,
        string fieldValidation = default, IReadOnlyDictionary<string, IReadOnlyList<string>> customHeaders = null,
        CancellationToken cancellationToken = default);

    /// <summary>PUT <c>/apis/{group}/{version}/namespaces/{namespace}/{plural}/{name}</c></summary>
    Task<HttpOperationResponse<T>> ReplaceNamespacedCustomObjectWithHttpMessagesAsync<T>(
        object body, string group, string version, string namespaceParameter, string plural, string name, string dryRun = default,
        string fieldManager = default, string fieldValidation = default,
        IReadOnlyDictionary<string, IReadOnlyList<string>> customHeaders = null, CancellationToken cancellationToken = default);

    /// <summary>PUT <c>/apis/{group}/{version}/{plural}/{name}/status</c></summary>
    Task<HttpOperationResponse<T>> ReplaceClusterCustomObjectStatusWithHttpMessagesAsync<T>(
        object body, string group, string version, string plural, string name, string dryRun = default, string fieldManager = default,
        string fieldValidation = default, IReadOnlyDictionary<string, IReadOnlyList<string>> customHeaders = null,
        CancellationToken cancellationToken = default);

    /// <summary>PUT <c>/apis/{group}/{version}/namespaces/{namespace}/{plural}/{name}/status</c></summary>
    Task<HttpOperationResponse<T>> ReplaceNamespacedCustomObjectStatusWithHttpMessagesAsync<T>(
        object body, string group, string version, string namespaceParameter, string plural, string name, string dryRun = default,
        string fieldManager = default, string fieldValidation = default,
        IReadOnlyDictionary<string, IReadOnlyList<string>> customHeaders = null, CancellationToken cancellationToken = default);

    /// <summary>PATCH <c>/apis/{group}/{version}/{plural}/{name}</c></summary>
    Task<HttpOperationResponse<T>> PatchClusterCustomObjectWithHttpMessagesAsync<T>(
        object body, string group, string version, string plural, string name, string dryRun = default, string fieldManager = default,
        string fieldValidation = default, bool? force = default, IReadOnlyDictionary<string, IReadOnlyList<string>> customHeaders = null,
        CancellationToken cancellationToken = default);

    /// <summary>PATCH <c>/apis/{group}/{version}/namespaces/{namespace}/{plural}/{name}</c></summary>
    Task<HttpOperationResponse<T>> PatchNamespacedCustomObjectWithHttpMessagesAsync<T>(
        object body, string group, string version, string namespaceParameter, string plural, string name, string dryRun = default,
        string fieldManager = default, string fieldValidation = default, bool? force = default,
        IReadOnlyDictionary<string, IReadOnlyList<string>> customHeaders = null, CancellationToken cancellationToken = default);

    /// <summary>PATCH <c>/apis/{group}/{version}/{plural}/{name}/status</c></summary>
    Task<HttpOperationResponse<T>> PatchClusterCustomObjectStatusWithHttpMessagesAsync<T>(
        object body, string group, string version, string plural, string name, string dryRun = default, string fieldManager = default,
        string fieldValidation = default, bool? force = default, IReadOnlyDictionary<string, IReadOnlyList<string>> customHeaders = null,
        CancellationToken cancellationToken = default);

    /// <summary>PATCH <c>/apis/{group}/{version}/namespaces/{namespace}/{plural}/{name}/status</c></summary>
    Task<HttpOperationResponse<T>> PatchNamespacedCustomObjectStatusWithHttpMessagesAsync<T>(
        object body, string group, string version, string namespaceParameter, string plural, string name, string dryRun = default,
        string fieldManager = default, string fieldValidation = default, bool? force = default,
        IReadOnlyDictionary<string, IReadOnlyList<string>> customHeaders = null, CancellationToken cancellationToken = default);

    /// <summary>DELETE <c>/apis/{group}/{version}/{plural}/{name}</c></summary>
    Task<HttpOperationResponse<T>> DeleteClusterCustomObjectWithHttpMessagesAsync<T>(
        string group, string version, string plural, string name, V1DeleteOptions body = default, int? gracePeriodSeconds = default,
        bool? orphanDependents = default, string propagationPolicy = default, string dryRun = default,
        IReadOnlyDictionary<string, IReadOnlyList<string>> customHeaders = null, CancellationToken cancellationToken = default);

    /// <summary>DELETE <c>/apis/{group}/{version}/namespaces/{namespace}/{plural}/{name}</c></summary>
    Task<HttpOperationResponse<T>> DeleteNamespacedCustomObjectWithHttpMessagesAsync<T>(
        string group, string version, string namespaceParameter, string plural, string name, V1DeleteOptions body = default,
        int? gracePeriodSeconds = default, bool? orphanDependents = default, string propagationPolicy = default, string dryRun = default,
        IReadOnlyDictionary<string, IReadOnlyList<string>> customHeaders = null, CancellationToken cancellationToken = default);
}
