#nullable disable // as the package: no annotations

using k8s.Models;

namespace k8s;

/// <summary>A client of one kind, named by group, version and plural; works for built-in kinds as well.</summary>
public class GenericClient : IDisposable
{
    private readonly IKubernetes kubernetes;
    private readonly string group;
    private readonly string version;
    private readonly string plural;
    private readonly bool disposeClient;

    /// <summary>A kind of the core group.</summary>
    public GenericClient(IKubernetes kubernetes, string version, string plural, bool disposeClient = true)
        : this(kubernetes, string.Empty, version, plural, disposeClient)
    {
    }

    /// <summary>A kind of any group. Unless told otherwise, disposing this disposes <paramref name="kubernetes"/> too.</summary>
    public GenericClient(IKubernetes kubernetes, string group, string version, string plural, bool disposeClient = true)
    {
        this.kubernetes = kubernetes;
        this.group = group;
        this.version = version;
        this.plural = plural;
        this.disposeClient = disposeClient;
    }

    private ICustomObjectsOperations Objects => kubernetes.CustomObjects;

    public Task<T> CreateAsync<T>(T obj, CancellationToken cancel = default)
        where T : IKubernetesObject =>
        Objects.CreateClusterCustomObjectAsync<T>(obj, group, version, plural, cancellationToken: cancel);

    public Task<T> CreateNamespacedAsync<T>(T obj, string ns, CancellationToken cancel = default)
        where T : IKubernetesObject =>
        Objects.CreateNamespacedCustomObjectAsync<T>(obj, group, version, ns, plural, cancellationToken: cancel);

    /// <summary>One page of all objects, of all namespaces if they have one; <typeparamref name="T"/> is a list.</summary>
    public Task<T> ListAsync<T>(
        string labelSelector = null, string fieldSelector = null, int? limit = null, string continueToken = null,
        CancellationToken cancel = default)
        where T : IKubernetesObject =>
        Objects.ListClusterCustomObjectAsync<T>(
            group, version, plural, continueParameter: continueToken, fieldSelector: fieldSelector, labelSelector: labelSelector,
            limit: limit, cancellationToken: cancel);

    /// <summary>One page of the objects of a namespace; <typeparamref name="T"/> is a list.</summary>
    public Task<T> ListNamespacedAsync<T>(
        string ns, string labelSelector = null, string fieldSelector = null, int? limit = null, string continueToken = null,
        CancellationToken cancel = default)
        where T : IKubernetesObject =>
        Objects.ListNamespacedCustomObjectAsync<T>(
            group, version, ns, plural, continueParameter: continueToken, fieldSelector: fieldSelector, labelSelector: labelSelector,
            limit: limit, cancellationToken: cancel);

    public Task<T> ReadNamespacedAsync<T>(string ns, string name, CancellationToken cancel = default)
        where T : IKubernetesObject =>
        Objects.GetNamespacedCustomObjectAsync<T>(group, version, ns, plural, name, cancel);

    public Task<T> ReadAsync<T>(string name, CancellationToken cancel = default)
        where T : IKubernetesObject =>
        Objects.GetClusterCustomObjectAsync<T>(group, version, plural, name, cancel);

    public Task<T> DeleteAsync<T>(string name, CancellationToken cancel = default)
        where T : IKubernetesObject =>
        Objects.DeleteClusterCustomObjectAsync<T>(group, version, plural, name, cancellationToken: cancel);

    public Task<T> DeleteNamespacedAsync<T>(string ns, string name, CancellationToken cancel = default)
        where T : IKubernetesObject =>
        Objects.DeleteNamespacedCustomObjectAsync<T>(group, version, ns, plural, name, cancellationToken: cancel);

    public Task<T> PatchAsync<T>(V1Patch patch, string name, CancellationToken cancel = default)
        where T : IKubernetesObject =>
        Objects.PatchClusterCustomObjectAsync<T>(patch, group, version, plural, name, cancellationToken: cancel);

    public Task<T> PatchNamespacedAsync<T>(V1Patch patch, string ns, string name, CancellationToken cancel = default)
        where T : IKubernetesObject =>
        Objects.PatchNamespacedCustomObjectAsync<T>(patch, group, version, ns, plural, name, cancellationToken: cancel);

    public Task<T> ReplaceAsync<T>(T obj, string name, CancellationToken cancel = default)
        where T : IKubernetesObject =>
        Objects.ReplaceClusterCustomObjectAsync<T>(obj, group, version, plural, name, cancellationToken: cancel);

    public Task<T> ReplaceNamespacedAsync<T>(T obj, string ns, string name, CancellationToken cancel = default)
        where T : IKubernetesObject =>
        Objects.ReplaceNamespacedCustomObjectAsync<T>(obj, group, version, ns, plural, name, cancellationToken: cancel);

    /// <summary>Disposes the client this was made from, if it was left to us.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Disposes the client this was made from, if it was left to us.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing && disposeClient)
            kubernetes.Dispose();
    }
}
