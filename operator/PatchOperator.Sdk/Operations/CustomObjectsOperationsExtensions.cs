#nullable disable // as the package: no annotations

using k8s.Models;

namespace k8s;

/// <summary>Requests of objects of any kind, by group, version and plural, answered with the body alone.</summary>
public static class CustomObjectsOperationsExtensions
{
    /// <inheritdoc cref="ICustomObjectsOperations.ListClusterCustomObjectWithHttpMessagesAsync{T}"/>
    public static async Task<T> ListClusterCustomObjectAsync<T>(
        this ICustomObjectsOperations operations, string group, string version, string plural, bool? allowWatchBookmarks = default,
        string continueParameter = default, string fieldSelector = default, string labelSelector = default, int? limit = default,
        string resourceVersion = default, string resourceVersionMatch = default, int? timeoutSeconds = default, bool? pretty = default,
        CancellationToken cancellationToken = default)
    {
        using var response = await operations.ListClusterCustomObjectWithHttpMessagesAsync<T>(
            group, version, plural, allowWatchBookmarks, continueParameter, fieldSelector, labelSelector, limit, resourceVersion,
            resourceVersionMatch, timeoutSeconds, false, pretty, null, cancellationToken).ConfigureAwait(false);
        return response.Body;
    }

    /// <inheritdoc cref="ICustomObjectsOperations.ListNamespacedCustomObjectWithHttpMessagesAsync{T}"/>
    public static async Task<T> ListNamespacedCustomObjectAsync<T>(
        this ICustomObjectsOperations operations, string group, string version, string namespaceParameter, string plural,
        bool? allowWatchBookmarks = default, string continueParameter = default, string fieldSelector = default,
        string labelSelector = default, int? limit = default, string resourceVersion = default, string resourceVersionMatch = default,
        int? timeoutSeconds = default, bool? pretty = default, CancellationToken cancellationToken = default)
    {
        using var response = await operations.ListNamespacedCustomObjectWithHttpMessagesAsync<T>(
            group, version, namespaceParameter, plural, allowWatchBookmarks, continueParameter, fieldSelector, labelSelector, limit,
            resourceVersion, resourceVersionMatch, timeoutSeconds, false, pretty, null, cancellationToken).ConfigureAwait(false);
        return response.Body;
    }

    /// <inheritdoc cref="ICustomObjectsOperations.GetClusterCustomObjectWithHttpMessagesAsync{T}"/>
    public static async Task<T> GetClusterCustomObjectAsync<T>(
        this ICustomObjectsOperations operations, string group, string version, string plural, string name,
        CancellationToken cancellationToken = default)
    {
        using var response = await operations.GetClusterCustomObjectWithHttpMessagesAsync<T>(
            group, version, plural, name, null, cancellationToken).ConfigureAwait(false);
        return response.Body;
    }

    /// <inheritdoc cref="ICustomObjectsOperations.GetNamespacedCustomObjectWithHttpMessagesAsync{T}"/>
    public static async Task<T> GetNamespacedCustomObjectAsync<T>(
        this ICustomObjectsOperations operations, string group, string version, string namespaceParameter, string plural, string name,
        CancellationToken cancellationToken = default)
    {
        using var response = await operations.GetNamespacedCustomObjectWithHttpMessagesAsync<T>(
            group, version, namespaceParameter, plural, name, null, cancellationToken).ConfigureAwait(false);
        return response.Body;
    }

    /// <inheritdoc cref="ICustomObjectsOperations.CreateClusterCustomObjectWithHttpMessagesAsync{T}"/>
    public static async Task<T> CreateClusterCustomObjectAsync<T>(
        this ICustomObjectsOperations operations, object body, string group, string version, string plural, string dryRun = default,
        string fieldManager = default, string fieldValidation = default, bool? pretty = default,
        CancellationToken cancellationToken = default)
    {
        using var response = await operations.CreateClusterCustomObjectWithHttpMessagesAsync<T>(
            body, group, version, plural, dryRun, fieldManager, fieldValidation, pretty, null, cancellationToken).ConfigureAwait(false);
        return response.Body;
    }

    /// <inheritdoc cref="ICustomObjectsOperations.CreateNamespacedCustomObjectWithHttpMessagesAsync{T}"/>
    public static async Task<T> CreateNamespacedCustomObjectAsync<T>(
        this ICustomObjectsOperations operations, object body, string group, string version, string namespaceParameter, string plural,
        string dryRun = default, string fieldManager = default, string fieldValidation = default, bool? pretty = default,
        CancellationToken cancellationToken = default)
    {
        using var response = await operations.CreateNamespacedCustomObjectWithHttpMessagesAsync<T>(
            body, group, version, namespaceParameter, plural, dryRun, fieldManager, fieldValidation, pretty, null,
            cancellationToken).ConfigureAwait(false);
        return response.Body;
    }

    /// <inheritdoc cref="ICustomObjectsOperations.ReplaceClusterCustomObjectWithHttpMessagesAsync{T}"/>
    public static async Task<T> ReplaceClusterCustomObjectAsync<T>(
        this ICustomObjectsOperations operations, object body, string group, string version, string plural, string name,
        string dryRun = default, string fieldManager = default, string fieldValidation = default,
        CancellationToken cancellationToken = default)
    {
        using var response = await operations.ReplaceClusterCustomObjectWithHttpMessagesAsync<T>(
            body, group, version, plural, name, dryRun, fieldManager, fieldValidation, null, cancellationToken).ConfigureAwait(false);
        return response.Body;
    }

    /// <inheritdoc cref="ICustomObjectsOperations.ReplaceNamespacedCustomObjectWithHttpMessagesAsync{T}"/>
    public static async Task<T> ReplaceNamespacedCustomObjectAsync<T>(
        this ICustomObjectsOperations operations, object body, string group, string version, string namespaceParameter, string plural,
        string name, string dryRun = default, string fieldManager = default, string fieldValidation = default,
        CancellationToken cancellationToken = default)
    {
        using var response = await operations.ReplaceNamespacedCustomObjectWithHttpMessagesAsync<T>(
            body, group, version, namespaceParameter, plural, name, dryRun, fieldManager, fieldValidation, null,
            cancellationToken).ConfigureAwait(false);
        return response.Body;
    }

    /// <inheritdoc cref="ICustomObjectsOperations.ReplaceClusterCustomObjectStatusWithHttpMessagesAsync{T}"/>
    public static async Task<T> ReplaceClusterCustomObjectStatusAsync<T>(
        this ICustomObjectsOperations operations, object body, string group, string version, string plural, string name,
        string dryRun = default, string fieldManager = default, string fieldValidation = default,
        CancellationToken cancellationToken = default)
    {
        using var response = await operations.ReplaceClusterCustomObjectStatusWithHttpMessagesAsync<T>(
            body, group, version, plural, name, dryRun, fieldManager, fieldValidation, null, cancellationToken).ConfigureAwait(false);
        return response.Body;
    }

    /// <inheritdoc cref="ICustomObjectsOperations.ReplaceNamespacedCustomObjectStatusWithHttpMessagesAsync{T}"/>
    public static async Task<T> ReplaceNamespacedCustomObjectStatusAsync<T>(
        this ICustomObjectsOperations operations, object body, string group, string version, string namespaceParameter, string plural,
        string name, string dryRun = default, string fieldManager = default, string fieldValidation = default,
        CancellationToken cancellationToken = default)
    {
        using var response = await operations.ReplaceNamespacedCustomObjectStatusWithHttpMessagesAsync<T>(
            body, group, version, namespaceParameter, plural, name, dryRun, fieldManager, fieldValidation, null,
            cancellationToken).ConfigureAwait(false);
        return response.Body;
    }

    /// <inheritdoc cref="ICustomObjectsOperations.PatchClusterCustomObjectWithHttpMessagesAsync{T}"/>
    public static async Task<T> PatchClusterCustomObjectAsync<T>(
        this ICustomObjectsOperations operations, object body, string group, string version, string plural, string name,
        string dryRun = default, string fieldManager = default, string fieldValidation = default, bool? force = default,
        CancellationToken cancellationToken = default)
    {
        using var response = await operations.PatchClusterCustomObjectWithHttpMessagesAsync<T>(
            body, group, version, plural, name, dryRun, fieldManager, fieldValidation, force, null,
            cancellationToken).ConfigureAwait(false);
        return response.Body;
    }

    /// <inheritdoc cref="ICustomObjectsOperations.PatchNamespacedCustomObjectWithHttpMessagesAsync{T}"/>
    public static async Task<T> PatchNamespacedCustomObjectAsync<T>(
        this ICustomObjectsOperations operations, object body, string group, string version, string namespaceParameter, string plural,
        string name, string dryRun = default, string fieldManager = default, string fieldValidation = default, bool? force = default,
        CancellationToken cancellationToken = default)
    {
        using var response = await operations.PatchNamespacedCustomObjectWithHttpMessagesAsync<T>(
            body, group, version, namespaceParameter, plural, name, dryRun, fieldManager, fieldValidation, force, null,
            cancellationToken).ConfigureAwait(false);
        return response.Body;
    }

    /// <inheritdoc cref="ICustomObjectsOperations.PatchClusterCustomObjectStatusWithHttpMessagesAsync{T}"/>
    public static async Task<T> PatchClusterCustomObjectStatusAsync<T>(
        this ICustomObjectsOperations operations, object body, string group, string version, string plural, string name,
        string dryRun = default, string fieldManager = default, string fieldValidation = default, bool? force = default,
        CancellationToken cancellationToken = default)
    {
        using var response = await operations.PatchClusterCustomObjectStatusWithHttpMessagesAsync<T>(
            body, group, version, plural, name, dryRun, fieldManager, fieldValidation, force, null,
            cancellationToken).ConfigureAwait(false);
        return response.Body;
    }

    /// <inheritdoc cref="ICustomObjectsOperations.PatchNamespacedCustomObjectStatusWithHttpMessagesAsync{T}"/>
    public static async Task<T> PatchNamespacedCustomObjectStatusAsync<T>(
        this ICustomObjectsOperations operations, object body, string group, string version, string namespaceParameter, string plural,
        string name, string dryRun = default, string fieldManager = default, string fieldValidation = default, bool? force = default,
        CancellationToken cancellationToken = default)
    {
        using var response = await operations.PatchNamespacedCustomObjectStatusWithHttpMessagesAsync<T>(
            body, group, version, namespaceParameter, plural, name, dryRun, fieldManager, fieldValidation, force, null,
            cancellationToken).ConfigureAwait(false);
        return response.Body;
    }

    /// <inheritdoc cref="ICustomObjectsOperations.DeleteClusterCustomObjectWithHttpMessagesAsync{T}"/>
    public static async Task<T> DeleteClusterCustomObjectAsync<T>(
        this ICustomObjectsOperations operations, string group, string version, string plural, string name,
        V1DeleteOptions body = default, int? gracePeriodSeconds = default, bool? orphanDependents = default,
        string propagationPolicy = default, string dryRun = default, CancellationToken cancellationToken = default)
    {
        using var response = await operations.DeleteClusterCustomObjectWithHttpMessagesAsync<T>(
            group, version, plural, name, body, gracePeriodSeconds, orphanDependents, propagationPolicy, dryRun, null,
            cancellationToken).ConfigureAwait(false);
        return response.Body;
    }

    /// <inheritdoc cref="ICustomObjectsOperations.DeleteNamespacedCustomObjectWithHttpMessagesAsync{T}"/>
    public static async Task<T> DeleteNamespacedCustomObjectAsync<T>(
        this ICustomObjectsOperations operations, string group, string version, string namespaceParameter, string plural, string name,
        V1DeleteOptions body = default, int? gracePeriodSeconds = default, bool? orphanDependents = default,
        string propagationPolicy = default, string dryRun = default, CancellationToken cancellationToken = default)
    {
        using var response = await operations.DeleteNamespacedCustomObjectWithHttpMessagesAsync<T>(
            group, version, namespaceParameter, plural, name, body, gracePeriodSeconds, orphanDependents, propagationPolicy, dryRun, null,
            cancellationToken).ConfigureAwait(false);
        return response.Body;
    }
}
