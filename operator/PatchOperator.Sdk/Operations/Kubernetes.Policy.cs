#nullable disable // as the package: no annotations

using k8s.Autorest;
using k8s.Models;
using PatchOperator.Sdk.Http;

namespace k8s;

public partial class Kubernetes : IPolicyOperations
{
    Task<HttpOperationResponse<V1APIGroup>> IPolicyOperations.GetAPIGroupWithHttpMessagesAsync(
        IReadOnlyDictionary<string, IReadOnlyList<string>> customHeaders, CancellationToken cancellationToken)
    {
        var request = new ApiRequest(HttpMethod.Get, $"apis/policy/");
        return SendAsync<V1APIGroup>(request, customHeaders, cancellationToken);
    }
}
