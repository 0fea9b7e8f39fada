#nullable disable // as the package: no annotations

using k8s.Autorest;
using k8s.Models;

namespace k8s;

/// <summary>Requests of coordination.k8s.io/v1.</summary>
public interface ICoordinationV1Operations
{
    /// <summary>POST <c>/apis/coordination.k8s.io/v1/namespaces/{namespace}/leases</c></summary>
    Task<HttpOperationResponse<V1Lease>> CreateNamespacedLeaseWithHttpMessagesAsync(
        V1Lease body, string namespaceParameter, string dryRun = default, string fieldManager = default, string fieldValidation = default,
        bool? pretty = default, IReadOnlyDictionary<string, IReadOnlyList<string>> customHeaders = null,
        CancellationToken cancellationToken = default);

    /// <summary>GET <c>/apis/coordination.k8s.io/v1/namespaces/{namespace}/leases/{name}</c></summary>
    Task<HttpOperationResponse<V1Lease>> ReadNamespacedLeaseWithHttpMessagesAsync(
        string name, string namespaceParameter, bool? pretty = default,
        IReadOnlyDictionary<string, IReadOnlyList<string>> customHeaders = null, CancellationToken cancellationToken = default);

    /// <summary>PUT <c>/apis/coordination.k8s.io/v1/namespaces/{namespace}/leases/{name}</c></summary>
    Task<HttpOperationResponse<V1Lease>> ReplaceNamespacedLeaseWithHttpMessagesAsync(
        V1Lease body, string name, string namespaceParameter, string dryRun = default, string fieldManager = default,
        string fieldValidation = default, bool? pretty = default, IReadOnlyDictionary<string, IReadOnlyList<string>> customHeaders = null,
        CancellationToken cancellationToken = default);
}
