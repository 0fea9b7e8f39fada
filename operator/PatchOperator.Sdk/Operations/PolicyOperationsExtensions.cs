#nullable disable // as the package: no annotations

using k8s.Models;

namespace k8s;

/// <summary>Requests of the policy group, answered with the body alone.</summary>
public static class PolicyOperationsExtensions
{
    /// <inheritdoc cref="IPolicyOperations.GetAPIGroupWithHttpMessagesAsync"/>
    public static async Task<V1APIGroup> GetAPIGroupAsync(
        this IPolicyOperations operations, CancellationToken cancellationToken = default)
    {
        using var response = await operations.GetAPIGroupWithHttpMessagesAsync(null, cancellationToken).ConfigureAwait(false);
        return response.Body;
    }
}
