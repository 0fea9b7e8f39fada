#nullable disable // as the package: no annotations

using k8s.Autorest;
using k8s.Models;

namespace k8s;

/// <summary>Requests of the policy group.</summary>
public interface IPolicyOperations
{
    /// <summary>GET <c>/apis/policy/</c></summary>
    Task<HttpOperationResponse<V1APIGroup>> GetAPIGroupWithHttpMessagesAsync(
        IReadOnlyDictionary<string, IReadOnlyList<string>> customHeaders = null, CancellationToken cancellationToken = default);
}
