using System.Globalization;
using k8s;
using k8s.Models;

namespace PatchOperator.Caches;

/// <summary>
/// Which version of each object of a kind is known. It hands on only what is news: a watch, a list and the answers to our own writes all tell, and
/// in no order. Not thread-safe: <see cref="ClusterWorld"/> has one lock over all kinds.
/// </summary>
/// <param name="change">Told of an object's new state, or of null when it is gone.</param>
internal sealed class Store<TResource>(Action<string, TResource?> change)
    where TResource : IKubernetesObject<V1ObjectMeta>
{
    private const int RememberedDeletions = 1000;

    private readonly Dictionary<string, (string Uid, string Version)> known = [];
    private readonly Queue<string> deletionOrder = new();
    private readonly HashSet<string> deletedUids = [];
    private ulong newest;

    /// <summary>The newest version that was ever seen.</summary>
    public string Newest => newest.ToString(CultureInfo.InvariantCulture);

    /// <summary>An object as it was seen. An answer to our own write may arrive after the watch has told of a later one, or of the deletion.</summary>
    public void Put(TResource resource)
    {
        var (name, uid, version) = (resource.Metadata.Name, resource.Metadata.Uid, resource.Metadata.ResourceVersion);
        if (deletedUids.Contains(uid) || (known.TryGetValue(name, out var before) && !IsNewer(version, before.Version)))
            return;
        known[name] = (uid, version);
        newest = Math.Max(newest, Number(version) ?? 0);
        change(name, resource);
    }

    /// <summary>An object is gone; another of the same name is not meant.</summary>
    public void Remove(string name, string uid)
    {
        RememberDeletion(uid);
        if (known.TryGetValue(name, out var entry) && entry.Uid == uid)
            Forget(name);
    }

    /// <summary>What a list did not have is gone, unless it is younger than the list.</summary>
    public void RemoveAllBut(IReadOnlySet<string> listed, string listVersion)
    {
        foreach (var name in known.Where(entry => !listed.Contains(entry.Key) && !IsNewer(entry.Value.Version, listVersion))
            .Select(entry => entry.Key).ToList())
        {
            RememberDeletion(known[name].Uid);
            Forget(name);
        }
    }

    /// <summary>
    /// A list begins at a version. One that is older than what was seen before it began is of a restored cluster: then everything is news again.
    /// </summary>
    public void Listing(string listVersion, string newestBefore)
    {
        if (!IsNewer(newestBefore, listVersion) || newestBefore == listVersion)
            return;
        foreach (var name in known.Keys.ToList())
            known[name] = (known[name].Uid, "0");
        // What was deleted since the backup is there again.
        deletedUids.Clear();
        deletionOrder.Clear();
        newest = Number(listVersion) ?? 0;
    }

    private void RememberDeletion(string uid)
    {
        if (deletedUids.Add(uid))
            deletionOrder.Enqueue(uid);
        while (deletionOrder.Count > RememberedDeletions)
            deletedUids.Remove(deletionOrder.Dequeue());
    }

    private void Forget(string name)
    {
        known.Remove(name);
        change(name, default);
    }

    private static bool IsNewer(string candidate, string current) => Number(candidate) is not { } left || Number(current) is not { } right || left > right;

    private static ulong? Number(string version) => ulong.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
