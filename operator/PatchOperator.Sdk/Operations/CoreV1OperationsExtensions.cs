#nullable disable // as the package: no annotations

using k8s.Models;

namespace k8s;

/// <summary>Requests of core/v1, answered with the body alone.</summary>
public static class CoreV1OperationsExtensions
{
    /// <inheritdoc cref="ICoreV1Operations.CreateNamespacedPodEvictionWithHttpMessagesAsync"/>
    public static async Task<V1Eviction> CreateNamespacedPodEvictionAsync(
        this ICoreV1Operations operations, V1Eviction body, string name, string namespaceParameter, string dryRun = default,
        string fieldManager = default, string fieldValidation = default, bool? pretty = default,
        CancellationToken cancellationToken = default)
    {
        using var response = await operations.CreateNamespacedPodEvictionWithHttpMessagesAsync(
            body, name, namespaceParameter, dryRun, fieldManager, fieldValidation, pretty, null, cancellationToken).ConfigureAwait(false);
        return response.Body;
    }

    /// <inheritdoc cref="ICoreV1Operations.ReadNamespacedPodLogWithHttpMessagesAsync"/>
    public static async Task<Stream> ReadNamespacedPodLogAsync(
        this ICoreV1Operations operations, string name, string namespaceParameter, string container = default, bool? follow = default,
        bool? insecureSkipTLSVerifyBackend = default, int? limitBytes = default, bool? pretty = default, bool? previous = default,
        int? sinceSeconds = default, string stream = default, int? tailLines = default, bool? timestamps = default,
        CancellationToken cancellationToken = default)
    {
        var response = await operations.ReadNamespacedPodLogWithHttpMessagesAsync(
            name, namespaceParameter, container, follow, insecureSkipTLSVerifyBackend, limitBytes, pretty, previous, sinceSeconds, stream,
            tailLines, timestamps, null, cancellationToken).ConfigureAwait(false);
        response.Request.Dispose(); // not the response: the caller reads from it
        return response.Body;
    }

    /// <inheritdoc cref="ICoreV1Operations.CreateNamespacedPodWithHttpMessagesAsync"/>
    public static async Task<V1Pod> CreateNamespacedPodAsync(
        this ICoreV1Operations operations, V1Pod body, string namespaceParameter, string dryRun = default, string fieldManager = default,
        string fieldValidation = default, bool? pretty = default, CancellationToken cancellationToken = default)
    {
        using var response = await operations.CreateNamespacedPodWithHttpMessagesAsync(
            body, namespaceParameter, dryRun, fieldManager, fieldValidation, pretty, null, cancellationToken).ConfigureAwait(false);
        return response.Body;
    }

    /// <inheritdoc cref="ICoreV1Operations.ReadNamespacedPodWithHttpMessagesAsync"/>
    public static async Task<V1Pod> ReadNamespacedPodAsync(
        this ICoreV1Operations operations, string name, string namespaceParameter, bool? pretty = default,
        CancellationToken cancellationToken = default)
    {
        using var response = await operations.ReadNamespacedPodWithHttpMessagesAsync(
            name, namespaceParameter, pretty, null, cancellationToken).ConfigureAwait(false);
        return response.Body;
    }

    /// <inheritdoc cref="ICoreV1Operations.ListNamespacedPodWithHttpMessagesAsync"/>
    public static async Task<V1PodList> ListNamespacedPodAsync(
        this ICoreV1Operations operations, string namespaceParameter, bool? allowWatchBookmarks = default,
        string continueParameter = default, string fieldSelector = default, string labelSelector = default, int? limit = default,
        string resourceVersion = default, string resourceVersionMatch = default, bool? sendInitialEvents = default,
        int? timeoutSeconds = default, bool? pretty = default, CancellationToken cancellationToken = default)
    {
        using var response = await operations.ListNamespacedPodWithHttpMessagesAsync(
            namespaceParameter, allowWatchBookmarks, continueParameter, fieldSelector, labelSelector, limit, resourceVersion,
            resourceVersionMatch, sendInitialEvents, timeoutSeconds, false, pretty, null, cancellationToken).ConfigureAwait(false);
        return response.Body;
    }

    /// <inheritdoc cref="ICoreV1Operations.ListPodForAllNamespacesWithHttpMessagesAsync"/>
    public static async Task<V1PodList> ListPodForAllNamespacesAsync(
        this ICoreV1Operations operations, bool? allowWatchBookmarks = default, string continueParameter = default,
        string fieldSelector = default, string labelSelector = default, int? limit = default, bool? pretty = default,
        string resourceVersion = default, string resourceVersionMatch = default, bool? sendInitialEvents = default,
        int? timeoutSeconds = default, CancellationToken cancellationToken = default)
    {
        using var response = await operations.ListPodForAllNamespacesWithHttpMessagesAsync(
            allowWatchBookmarks, continueParameter, fieldSelector, labelSelector, limit, pretty, resourceVersion, resourceVersionMatch,
            sendInitialEvents, timeoutSeconds, false, null, cancellationToken).ConfigureAwait(false);
        return response.Body;
    }

    /// <inheritdoc cref="ICoreV1Operations.PatchNamespacedPodStatusWithHttpMessagesAsync"/>
    public static async Task<V1Pod> PatchNamespacedPodStatusAsync(
        this ICoreV1Operations operations, V1Patch body, string name, string namespaceParameter, string dryRun = default,
        string fieldManager = default, string fieldValidation = default, bool? force = default, bool? pretty = default,
        CancellationToken cancellationToken = default)
    {
        using var response = await operations.PatchNamespacedPodStatusWithHttpMessagesAsync(
            body, name, namespaceParameter, dryRun, fieldManager, fieldValidation, force, pretty, null,
            cancellationToken).ConfigureAwait(false);
        return response.Body;
    }

    /// <inheritdoc cref="ICoreV1Operations.DeleteNamespacedPodWithHttpMessagesAsync"/>
    public static async Task<V1Pod> DeleteNamespacedPodAsync(
        this ICoreV1Operations operations, string name, string namespaceParameter, V1DeleteOptions body = default,
        string dryRun = default, int? gracePeriodSeconds = default, bool? ignoreStoreReadErrorWithClusterBreakingPotential = default,
        bool? orphanDependents = default, string propagationPolicy = default, bool? pretty = default,
        CancellationToken cancellationToken = default)
    {
        using var response = await operations.DeleteNamespacedPodWithHttpMessagesAsync(
            name, namespaceParameter, body, dryRun, gracePeriodSeconds, ignoreStoreReadErrorWithClusterBreakingPotential,
            orphanDependents, propagationPolicy, pretty, null, cancellationToken).ConfigureAwait(false);
        return response.Body;
    }

    /// <inheritdoc cref="ICoreV1Operations.CreateNodeWithHttpMessagesAsync"/>
    public static async Task<V1Node> CreateNodeAsync(
        this ICoreV1Operations operations, V1Node body, string dryRun = default, string fieldManager = default,
        string fieldValidation = default, bool? pretty = default, CancellationToken cancellationToken = default)
    {
        using var response = await operations.CreateNodeWithHttpMessagesAsync(
            body, dryRun, fieldManager, fieldValidation, pretty, null, cancellationToken).ConfigureAwait(false);
        return response.Body;
    }

    /// <inheritdoc cref="ICoreV1Operations.ReadNodeWithHttpMessagesAsync"/>
    public static async Task<V1Node> ReadNodeAsync(
        this ICoreV1Operations operations, string name, bool? pretty = default, CancellationToken cancellationToken = default)
    {
        using var response = await operations.ReadNodeWithHttpMessagesAsync(name, pretty, null, cancellationToken).ConfigureAwait(false);
        return response.Body;
    }

    /// <inheritdoc cref="ICoreV1Operations.ListNodeWithHttpMessagesAsync"/>
    public static async Task<V1NodeList> ListNodeAsync(
        this ICoreV1Operations operations, bool? allowWatchBookmarks = default, string continueParameter = default,
        string fieldSelector = default, string labelSelector = default, int? limit = default, string resourceVersion = default,
        string resourceVersionMatch = default, bool? sendInitialEvents = default, int? timeoutSeconds = default, bool? pretty = default,
        CancellationToken cancellationToken = default)
    {
        using var response = await operations.ListNodeWithHttpMessagesAsync(
            allowWatchBookmarks, continueParameter, fieldSelector, labelSelector, limit, resourceVersion, resourceVersionMatch,
            sendInitialEvents, timeoutSeconds, false, pretty, null, cancellationToken).ConfigureAwait(false);
        return response.Body;
    }

    /// <inheritdoc cref="ICoreV1Operations.PatchNodeWithHttpMessagesAsync"/>
    public static async Task<V1Node> PatchNodeAsync(
        this ICoreV1Operations operations, V1Patch body, string name, string dryRun = default, string fieldManager = default,
        string fieldValidation = default, bool? force = default, bool? pretty = default, CancellationToken cancellationToken = default)
    {
        using var response = await operations.PatchNodeWithHttpMessagesAsync(
            body, name, dryRun, fieldManager, fieldValidation, force, pretty, null, cancellationToken).ConfigureAwait(false);
        return response.Body;
    }

    /// <inheritdoc cref="ICoreV1Operations.PatchNodeStatusWithHttpMessagesAsync"/>
    public static async Task<V1Node> PatchNodeStatusAsync(
        this ICoreV1Operations operations, V1Patch body, string name, string dryRun = default, string fieldManager = default,
        string fieldValidation = default, bool? force = default, bool? pretty = default, CancellationToken cancellationToken = default)
    {
        using var response = await operations.PatchNodeStatusWithHttpMessagesAsync(
            body, name, dryRun, fieldManager, fieldValidation, force, pretty, null, cancellationToken).ConfigureAwait(false);
        return response.Body;
    }

    /// <inheritdoc cref="ICoreV1Operations.DeleteNodeWithHttpMessagesAsync"/>
    public static async Task<V1Status> DeleteNodeAsync(
        this ICoreV1Operations operations, string name, V1DeleteOptions body = default, string dryRun = default,
        int? gracePeriodSeconds = default, bool? ignoreStoreReadErrorWithClusterBreakingPotential = default,
        bool? orphanDependents = default, string propagationPolicy = default, bool? pretty = default,
        CancellationToken cancellationToken = default)
    {
        using var response = await operations.DeleteNodeWithHttpMessagesAsync(
            name, body, dryRun, gracePeriodSeconds, ignoreStoreReadErrorWithClusterBreakingPotential, orphanDependents, propagationPolicy,
            pretty, null, cancellationToken).ConfigureAwait(false);
        return response.Body;
    }

    /// <inheritdoc cref="ICoreV1Operations.CreateNamespaceWithHttpMessagesAsync"/>
    public static async Task<V1Namespace> CreateNamespaceAsync(
        this ICoreV1Operations operations, V1Namespace body, string dryRun = default, string fieldManager = default,
        string fieldValidation = default, bool? pretty = default, CancellationToken cancellationToken = default)
    {
        using var response = await operations.CreateNamespaceWithHttpMessagesAsync(
            body, dryRun, fieldManager, fieldValidation, pretty, null, cancellationToken).ConfigureAwait(false);
        return response.Body;
    }

    /// <inheritdoc cref="ICoreV1Operations.ReadNamespaceWithHttpMessagesAsync"/>
    public static async Task<V1Namespace> ReadNamespaceAsync(
        this ICoreV1Operations operations, string name, bool? pretty = default, CancellationToken cancellationToken = default)
    {
        using var response = await operations.ReadNamespaceWithHttpMessagesAsync(
            name, pretty, null, cancellationToken).ConfigureAwait(false);
        return response.Body;
    }

    /// <inheritdoc cref="ICoreV1Operations.CreateNamespacedEventWithHttpMessagesAsync"/>
    public static async Task<Corev1Event> CreateNamespacedEventAsync(
        this ICoreV1Operations operations, Corev1Event body, string namespaceParameter, string dryRun = default,
        string fieldManager = default, string fieldValidation = default, bool? pretty = default,
        CancellationToken cancellationToken = default)
    {
        using var response = await operations.CreateNamespacedEventWithHttpMessagesAsync(
            body, namespaceParameter, dryRun, fieldManager, fieldValidation, pretty, null, cancellationToken).ConfigureAwait(false);
        return response.Body;
    }

    /// <inheritdoc cref="ICoreV1Operations.ListNamespacedEventWithHttpMessagesAsync"/>
    public static async Task<Corev1EventList> ListNamespacedEventAsync(
        this ICoreV1Operations operations, string namespaceParameter, bool? allowWatchBookmarks = default,
        string continueParameter = default, string fieldSelector = default, string labelSelector = default, int? limit = default,
        string resourceVersion = default, string resourceVersionMatch = default, bool? sendInitialEvents = default,
        int? timeoutSeconds = default, bool? pretty = default, CancellationToken cancellationToken = default)
    {
        using var response = await operations.ListNamespacedEventWithHttpMessagesAsync(
            namespaceParameter, allowWatchBookmarks, continueParameter, fieldSelector, labelSelector, limit, resourceVersion,
            resourceVersionMatch, sendInitialEvents, timeoutSeconds, false, pretty, null, cancellationToken).ConfigureAwait(false);
        return response.Body;
    }

    /// <inheritdoc cref="ICoreV1Operations.ListEventForAllNamespacesWithHttpMessagesAsync"/>
    public static async Task<Corev1EventList> ListEventForAllNamespacesAsync(
        this ICoreV1Operations operations, bool? allowWatchBookmarks = default, string continueParameter = default,
        string fieldSelector = default, string labelSelector = default, int? limit = default, bool? pretty = default,
        string resourceVersion = default, string resourceVersionMatch = default, bool? sendInitialEvents = default,
        int? timeoutSeconds = default, CancellationToken cancellationToken = default)
    {
        using var response = await operations.ListEventForAllNamespacesWithHttpMessagesAsync(
            allowWatchBookmarks, continueParameter, fieldSelector, labelSelector, limit, pretty, resourceVersion, resourceVersionMatch,
            sendInitialEvents, timeoutSeconds, false, null, cancellationToken).ConfigureAwait(false);
        return response.Body;
    }
}
