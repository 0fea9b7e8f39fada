#nullable disable // as the package: no annotations

using k8s.Models;

namespace k8s;

/// <summary>Requests of coordination.k8s.io/v1, answered with the body alone.</summary>
public static class CoordinationV1OperationsExtensions
{
    /// <inheritdoc cref="ICoordinationV1Operations.CreateNamespacedLeaseWithHttpMessagesAsync"/>
    public static async Task<V1Lease> CreateNamespacedLeaseAsync(
        this ICoordinationV1Operations operations, V1Lease body, string namespaceParameter, string dryRun = default,
        string fieldManager = default, string fieldValidation = default, bool? pretty = default,
        CancellationToken cancellationToken = default)
    {
        using var response = await operations.CreateNamespacedLeaseWithHttpMessagesAsync(
            body, namespaceParameter, dryRun, fieldManager, fieldValidation, pretty, null, cancellationToken).ConfigureAwait(false);
        return response.Body;
    }

    /// <inheritdoc cref="ICoordinationV1Operations.ReadNamespacedLeaseWithHttpMessagesAsync"/>
    public static async Task<V1Lease> ReadNamespacedLeaseAsync(
        this ICoordinationV1Operations operations, string name, string namespaceParameter, bool? pretty = default,
        CancellationToken cancellationToken = default)
    {
        using var response = await operations.ReadNamespacedLeaseWithHttpMessagesAsync(
            name, namespaceParameter, pretty, null, cancellationToken).ConfigureAwait(false);
        return response.Body;
    }

    /// <inheritdoc cref="ICoordinationV1Operations.ReplaceNamespacedLeaseWithHttpMessagesAsync"/>
    public static async Task<V1Lease> ReplaceNamespacedLeaseAsync(
        this ICoordinationV1Operations operations, V1Lease body, string name, string namespaceParameter, string dryRun = default,
        string fieldManager = default, string fieldValidation = default, bool? pretty = default,
        CancellationToken cancellationToken = default)
    {
        using var response = await operations.ReplaceNamespacedLeaseWithHttpMessagesAsync(
            body, name, namespaceParameter, dryRun, fieldManager, fieldValidation, pretty, null, cancellationToken).ConfigureAwait(false);
        return response.Body;
    }
}
