#nullable disable // as the package: no annotations

using k8s.Autorest;
using k8s.Models;
using PatchOperator.Sdk.Http;

namespace k8s;

public partial class Kubernetes : ICoordinationV1Operations
{
    Task<HttpOperationResponse<V1Lease>> ICoordinationV1Operations.CreateNamespacedLeaseWithHttpMessagesAsync(
        V1Lease body, string namespaceParameter, string dryRun, string fieldManager, string fieldValidation, bool? pretty,
        IReadOnlyDictionary<string, IReadOnlyList<string>> customHeaders, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(body);
        var request = new ApiRequest(HttpMethod.Post, $"apis/coordination.k8s.io/v1/namespaces/{namespaceParameter}/leases", body)
            .Query("dryRun", dryRun).Query("fieldManager", fieldManager).Query("fieldValidation", fieldValidation)
            .Query("pretty", pretty);
        return SendAsync<V1Lease>(request, customHeaders, cancellationToken);
    }

    Task<HttpOperationResponse<V1Lease>> ICoordinationV1Operations.ReadNamespacedLeaseWithHttpMessagesAsync(
        string name, string namespaceParameter, bool? pretty, IReadOnlyDictionary<string, IReadOnlyList<string>> customHeaders,
        CancellationToken cancellationToken)
    {
        var request = new ApiRequest(HttpMethod.Get, $"apis/coordination.k8s.io/v1/namespaces/{namespaceParameter}/leases/{name}")
            .Query("pretty", pretty);
        return SendAsync<V1Lease>(request, customHeaders, cancellationToken);
    }

    Task<HttpOperationResponse<V1Lease>> ICoordinationV1Operations.ReplaceNamespacedLeaseWithHttpMessagesAsync(
        V1Lease body, string name, string namespaceParameter, string dryRun, string fieldManager, string fieldValidation, bool? pretty,
        IReadOnlyDictionary<string, IReadOnlyList<string>> customHeaders, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(body);
        var request = new ApiRequest(HttpMethod.Put, $"apis/coordination.k8s.io/v1/namespaces/{namespaceParameter}/leases/{name}", body)
            .Query("dryRun", dryRun).Query("fieldManager", fieldManager).Query("fieldValidation", fieldValidation)
            .Query("pretty", pretty);
        return SendAsync<V1Lease>(request, customHeaders, cancellationToken);
    }
}
