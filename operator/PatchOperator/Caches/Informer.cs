using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Reflection;
using k8s;
using k8s.Autorest;
using k8s.Models;
using KubeOps.Abstractions.Entities;
using KubeOps.KubernetesClient;

namespace PatchOperator.Caches;

/// <summary>
/// Keeps the objects of one kind, as <typeparamref name="TItem"/>, equal to the API server's by list and watch. Names are the keys, so
/// a kind is cluster-scoped or watched in one namespace.
/// </summary>
/// <remarks>KubeOps has watchers but no informer: it never lists, and a deletion during a broken watch never reaches it.</remarks>
internal sealed class Informer<TResource, TItem>(IKubernetesClient client, InformerOptions<TResource, TItem> options, TimeProvider time, ILogger logger) : IInformer
    where TResource : class, IKubernetesObject<V1ObjectMeta>
    where TItem : class
{
    private const int PageSize = 500;
    private const int RememberedDeletions = 1000;
    private const int FailuresUntilList = 4;
    private static readonly TimeSpan LongestBackoff = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, Entry> entries = new();
    private readonly ConcurrentDictionary<string, ConcurrentDictionary<string, byte>> index = new();
    private readonly Queue<string> deletionOrder = new();
    private readonly HashSet<string> deletedUids = [];
    private readonly Lock gate = new();
    private readonly Random jitter = new();
    private volatile TaskCompletionSource synced = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long version;

    /// <summary>An object came (before is null), changed, or went (after is null).</summary>
    public event Action<string, TItem?, TItem?>? Changed;

    public Task Synced => synced.Task;

    /// <summary>Grows with every change.</summary>
    public long Version => Interlocked.Read(ref version);

    public IEnumerable<TItem> Items => entries.Values.Select(entry => entry.Item);

    public TItem? Get(string name) => entries.TryGetValue(name, out var entry) ? entry.Item : null;

    /// <summary>The items whose index value, see <see cref="InformerOptions{TResource,TItem}.IndexBy"/>, is <paramref name="value"/>.</summary>
    public IEnumerable<TItem> IndexedBy(string value) =>
        index.TryGetValue(value, out var names) ? names.Keys.Select(Get).OfType<TItem>() : [];

    /// <summary>Takes over what a read or a write has just returned, so that the next decision knows of it before the watch does.</summary>
    public void Observe(TResource resource) => Put(resource);

    /// <summary>Lists, then watches, for ever; every failure is retried.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var term = Renew();
        await FollowAsync(term, cancellationToken);
        // What is kept grows old from here on; whoever leads next must wait for a list of its own.
        if (ReferenceEquals(synced, term))
            Renew();
    }

    // Whoever waits already, as a reconcile does that came before the first list was begun, waits for the new one from now on.
    private TaskCompletionSource Renew()
    {
        var next = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var before = Interlocked.Exchange(ref synced, next);
        _ = next.Task.ContinueWith(_ => before.TrySetResult(), TaskScheduler.Default);
        return next;
    }

    private async Task FollowAsync(TaskCompletionSource term, CancellationToken cancellationToken)
    {
        string? resourceVersion = null;
        for (var failures = 0; !cancellationToken.IsCancellationRequested;)
        {
            try
            {
                resourceVersion ??= await ListAsync(term, cancellationToken);
                await foreach (var (type, resource) in WatchAsync(resourceVersion, cancellationToken))
                {
                    failures = 0;
                    resourceVersion = resource.Metadata.ResourceVersion;
                    Apply(type, resource);
                }

                failures = 0;
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception) when (IsGone(exception))
            {
                logger.LogInformation("The watch of {Kind} is too old; listing again", typeof(TResource).Name);
                resourceVersion = null;
                failures++;
            }
            catch (Exception exception)
            {
                logger.LogWarning("The watch of {Kind} broke: {Problem}; trying again", typeof(TResource).Name, exception.Message);
                // A version that the server does not have yet, as after a restored etcd, is refused for as long as it is asked for.
                if (++failures >= FailuresUntilList)
                    resourceVersion = null;
            }

            await BackOffAsync(failures, cancellationToken);
        }
    }

    private async Task<string> ListAsync(TaskCompletionSource term, CancellationToken cancellationToken)
    {
        using var generic = Generic();
        var seen = new HashSet<string>();
        string? next = null;
        string resourceVersion;
        do
        {
            var page = options.Namespace is { } ns
                ? await generic.ListNamespacedAsync<EntityList<TResource>>(ns, options.LabelSelector, limit: PageSize, continueToken: next, cancel: cancellationToken)
                : await generic.ListAsync<EntityList<TResource>>(options.LabelSelector, limit: PageSize, continueToken: next, cancel: cancellationToken);
            foreach (var resource in page.Items)
            {
                seen.Add(resource.Metadata.Name);
                Put(resource);
            }

            next = page.Metadata.ContinueProperty;
            resourceVersion = page.Metadata.ResourceVersion;
        }
        while (!string.IsNullOrEmpty(next));

        // A term that has ended must take nothing from the next one, which may have begun already.
        cancellationToken.ThrowIfCancellationRequested();
        foreach (var name in entries.Keys.Where(name => !seen.Contains(name)))
            Remove(name, uid: null);
        term.TrySetResult();
        return resourceVersion;
    }

    private IAsyncEnumerable<(WatchEventType Type, TResource Entity)> WatchAsync(string resourceVersion, CancellationToken cancellationToken) =>
        client.WatchAsync<TResource>(
            options.Namespace,
            resourceVersion,
            labelSelector: options.LabelSelector,
            allowWatchBookmarks: true,
            cancellationToken: cancellationToken);

    private GenericClient Generic()
    {
        var entity = typeof(TResource).GetCustomAttribute<KubernetesEntityAttribute>()!;
        return string.IsNullOrEmpty(entity.Group)
            ? new GenericClient(client.ApiClient, entity.ApiVersion, entity.PluralName, disposeClient: false)
            : new GenericClient(client.ApiClient, entity.Group, entity.ApiVersion, entity.PluralName, disposeClient: false);
    }

    private void Apply(WatchEventType type, TResource resource)
    {
        if (type is WatchEventType.Added or WatchEventType.Modified)
            Put(resource);
        else if (type == WatchEventType.Deleted)
            Remove(resource.Metadata.Name, resource.Metadata.Uid);
    }

    private void Put(TResource resource)
    {
        var (name, uid) = (resource.Metadata.Name, resource.Metadata.Uid);
        TItem? before;
        TItem after;
        lock (gate)
        {
            // An answer to our own write may arrive after the watch has told of the object's deletion, or of a later write.
            entries.TryGetValue(name, out var entry);
            if (deletedUids.Contains(uid) || (entry?.Uid == uid && !IsNewer(resource.Metadata.ResourceVersion, entry.ResourceVersion)))
                return;
            before = entry?.Item;
            after = options.Project(resource);
            entries[name] = new Entry(after, uid, resource.Metadata.ResourceVersion);
            Reindex(name, before, after);
        }

        if (before is null || !options.Same(before, after))
            Publish(name, before, after);
    }

    private void Remove(string name, string? uid)
    {
        TItem before;
        lock (gate)
        {
            if (uid is not null)
                Remember(uid);
            if (!entries.TryGetValue(name, out var entry) || (uid is not null && entry.Uid != uid))
                return;
            entries.TryRemove(name, out _);
            before = entry.Item;
            Reindex(name, before, null);
        }

        Publish(name, before, null);
    }

    private void Remember(string uid)
    {
        if (deletedUids.Add(uid))
            deletionOrder.Enqueue(uid);
        while (deletionOrder.Count > RememberedDeletions)
            deletedUids.Remove(deletionOrder.Dequeue());
    }

    private void Reindex(string name, TItem? before, TItem? after)
    {
        var (from, to) = (before is null ? null : options.IndexBy?.Invoke(before), after is null ? null : options.IndexBy?.Invoke(after));
        if (from == to)
            return;
        if (from is not null && index.TryGetValue(from, out var names) && names.TryRemove(name, out _) && names.IsEmpty)
            index.TryRemove(from, out _);
        if (to is not null)
            index.GetOrAdd(to, _ => new ConcurrentDictionary<string, byte>())[name] = 0;
    }

    private void Publish(string name, TItem? before, TItem? after)
    {
        Interlocked.Increment(ref version);
        Changed?.Invoke(name, before, after);
    }

    private static bool IsNewer(string candidate, string current) =>
        !ulong.TryParse(candidate, NumberStyles.None, CultureInfo.InvariantCulture, out var left)
        || !ulong.TryParse(current, NumberStyles.None, CultureInfo.InvariantCulture, out var right)
        || left > right;

    private static bool IsGone(Exception exception) => exception switch
    {
        KubernetesException { Status.Code: (int)HttpStatusCode.Gone } => true,
        HttpOperationException { Response.StatusCode: HttpStatusCode.Gone } => true,
        _ => false,
    };

    private async Task BackOffAsync(int failures, CancellationToken cancellationToken)
    {
        var ceiling = Math.Min(LongestBackoff.TotalSeconds, Math.Pow(2, Math.Min(failures, 5)) / 2);
        await Task.Delay(TimeSpan.FromSeconds(ceiling * (0.5 + jitter.NextDouble() / 2)), time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private sealed record Entry(TItem Item, string Uid, string ResourceVersion);
}
