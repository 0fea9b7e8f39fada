using System.Globalization;
using System.Net;
using System.Reflection;
using System.Text.Json.Nodes;
using k8s;
using k8s.Models;

namespace PatchOperator.Tests.Simulation;

/// <summary>
/// What is behind the API server: objects as JSON with versions, generations, finalizers and garbage collection, and a log of changes for each kind.
/// </summary>
internal sealed class ObjectStore(TimeProvider time)
{
    private readonly Dictionary<string, SortedDictionary<string, StoredObject>> objects = [];
    private readonly Dictionary<string, List<Change>> logs = [];
    private readonly Dictionary<string, SortedSet<(string Kind, string Name)>> owned = [];
    private int version;
    private int uids;

    /// <summary>Told of each change.</summary>
    public event Action<Change>? Changed;

    /// <summary>The version of the newest change.</summary>
    public string Version => version.ToString(CultureInfo.InvariantCulture);

    /// <summary>The name of the kind of <typeparamref name="T"/>.</summary>
    public static string KindOf<T>() => KindName<T>.Value;

    /// <summary>All changes of a kind so far.</summary>
    public List<Change> Log(string kind) => logs.TryGetValue(kind, out var log) ? log : logs[kind] = [];

    /// <summary>Those that there are now, by name.</summary>
    public IReadOnlyCollection<StoredObject> All(string kind) => Of(kind).Values;

    /// <summary>The same, read.</summary>
    public IEnumerable<T> All<T>()
        where T : class, IKubernetesObject<V1ObjectMeta> => All(KindOf<T>()).Select(found => found.As<T>());

    /// <summary>Null when there is none.</summary>
    public StoredObject? Find(string kind, string name) => Of(kind).GetValueOrDefault(name);

    /// <summary>The same, read.</summary>
    public T? Find<T>(string name)
        where T : class, IKubernetesObject<V1ObjectMeta> => Find(KindOf<T>(), name)?.As<T>();

    /// <summary>Refused when the name is taken.</summary>
    public StoredObject Create(string kind, JsonObject json)
    {
        var metadata = (JsonObject)json["metadata"]!;
        if (Find(kind, (string)metadata["name"]!) is { } taken)
            throw ApiAnswer.Refuse(HttpStatusCode.Conflict, $"{kind} {taken.Name} already exists");
        metadata["uid"] = $"uid-{++uids}";
        metadata["generation"] = 1L;
        metadata["creationTimestamp"] = Now();
        return Put(kind, json);
    }

    /// <summary>Creates an object of one of our classes.</summary>
    public T Create<T>(T entity)
        where T : class, IKubernetesObject<V1ObjectMeta> => Create(KindOf<T>(), Parse(entity)).As<T>();

    /// <summary>Replaces all but the status, or the status alone; refused when it is not of the version that there is.</summary>
    public StoredObject Replace(string kind, JsonObject incoming, bool statusOnly)
    {
        var before = Expect(kind, (JsonObject)incoming["metadata"]!);
        JsonObject after;
        if (statusOnly)
        {
            after = (JsonObject)before.Json.DeepClone();
            after["status"] = incoming["status"]?.DeepClone();
        }
        else
        {
            after = incoming;
            after.Remove("status");
            if (before.Json["status"] is { } status)
                after["status"] = status.DeepClone();
            foreach (var kept in new[] { "uid", "generation", "creationTimestamp", "deletionTimestamp" })
                after["metadata"]![kept] = before.Json["metadata"]![kept]?.DeepClone();
        }

        return Write(before, after);
    }

    /// <summary>Applies a merge patch (RFC 7386), at a version and to a UID where it names them.</summary>
    public StoredObject Merge(string kind, string name, JsonObject patch)
    {
        var metadata = patch["metadata"] as JsonObject ?? [];
        metadata["name"] = name;
        var before = Expect(kind, metadata);
        var after = (JsonObject)before.Json.DeepClone();
        Merge(after, patch);
        return Write(before, after);
    }

    /// <summary>Changes an object from outside: what a kubelet, a controller or a person does.</summary>
    public void Edit(string kind, string name, Action<JsonObject> edit)
    {
        if (Find(kind, name) is not { } before)
            return;
        var after = (JsonObject)before.Json.DeepClone();
        edit(after);
        Write(before, after);
    }

    /// <summary>An object with finalizers only begins to go; what it owns goes with it.</summary>
    public void Delete(string kind, string name)
    {
        if (Find(kind, name) is not { } before)
            return;
        if (!before.HasFinalizers)
        {
            Remove(before);
            return;
        }

        if (!before.Deleting)
            Edit(kind, name, json => json["metadata"]!["deletionTimestamp"] = Now());
    }

    /// <summary>An object of one of our classes as JSON.</summary>
    public static JsonObject Parse(object entity) => (JsonObject)JsonNode.Parse(KubernetesJson.Serialize(entity))!;

    /// <summary>The time, as objects have it.</summary>
    public string Now() => time.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    private SortedDictionary<string, StoredObject> Of(string kind) =>
        objects.TryGetValue(kind, out var found) ? found : objects[kind] = new SortedDictionary<string, StoredObject>(StringComparer.Ordinal);

    private StoredObject Expect(string kind, JsonObject metadata)
    {
        var name = (string)metadata["name"]!;
        var found = Find(kind, name) ?? throw ApiAnswer.Refuse(HttpStatusCode.NotFound, $"{kind} {name} not found");
        if ((metadata["resourceVersion"] is { } known && (string)known! != found.Version) || (metadata["uid"] is { } uid && (string)uid! != found.Uid))
            throw ApiAnswer.Refuse(HttpStatusCode.Conflict, $"{kind} {name} has been modified");
        return found;
    }

    private StoredObject Write(StoredObject before, JsonObject after)
    {
        if (JsonNode.DeepEquals(before.Json, after))
            return before;
        if (!JsonNode.DeepEquals(before.Json["spec"], after["spec"]))
            after["metadata"]!["generation"] = (long)before.Json["metadata"]!["generation"]! + 1;
        var written = Put(before.Kind, after);
        if (written is { Deleting: true, HasFinalizers: false })
            Remove(written);
        return written;
    }

    private StoredObject Put(string kind, JsonObject json)
    {
        json["metadata"]!["resourceVersion"] = (++version).ToString(CultureInfo.InvariantCulture);
        var after = new StoredObject(kind, json);
        var before = Find(kind, after.Name);
        Of(kind)[after.Name] = after;
        foreach (var owner in after.OwnerUids)
            (owned.TryGetValue(owner, out var names) ? names : owned[owner] = []).Add((kind, after.Name));
        Tell(kind, new Change(before, after));
        return after;
    }

    private void Remove(StoredObject gone)
    {
        version++;
        Of(gone.Kind).Remove(gone.Name);
        Tell(gone.Kind, new Change(gone, null));
        // Another may have the name by now.
        if (owned.Remove(gone.Uid, out var names))
            foreach (var (kind, name) in names)
                if (Find(kind, name)?.OwnerUids.Contains(gone.Uid) == true)
                    Delete(kind, name);
    }

    private void Tell(string kind, Change change)
    {
        Log(kind).Add(change);
        Changed?.Invoke(change);
    }

    private static void Merge(JsonObject target, JsonObject patch)
    {
        foreach (var (name, value) in patch)
        {
            if (value is null)
                target.Remove(name);
            else if (value is not JsonObject members)
                target[name] = value.DeepClone();
            else
            {
                if (target[name] is not JsonObject)
                    target[name] = new JsonObject();
                Merge((JsonObject)target[name]!, members);
            }
        }
    }

    private static class KindName<T>
    {
        public static readonly string Value = typeof(T).GetCustomAttribute<KubernetesEntityAttribute>()!.Kind;
    }
}
