using System.Text.Json.Nodes;
using PatchOperator.Api;

namespace PatchOperator.Fleet.Scale;

/// <summary>What an onlooker sees of the operator's work: Jobs at once, Jobs made twice, nodes scanned, and how long each node's turn took.</summary>
internal sealed class Observer(ApiServer api, string jobNamespace, TimeProvider clock)
{
    private readonly Lock gate = new();
    private readonly HashSet<string> seen = [];
    private readonly HashSet<string> active = [];
    private readonly HashSet<string> steps = [];
    private readonly HashSet<string> twice = [];
    private readonly Dictionary<string, string> scanned = [];
    private readonly Dictionary<string, DateTimeOffset> admitted = [];
    private readonly List<TimeSpan> turns = [];
    private int mostActive;

    /// <summary>The names of Jobs that did a step of a node's turn a second time.</summary>
    public IReadOnlyCollection<string> JobsMadeTwice
    {
        get
        {
            lock (gate)
                return [.. twice];
        }
    }

    /// <summary>How many Jobs there have been.</summary>
    public int Jobs
    {
        get
        {
            lock (gate)
                return seen.Count;
        }
    }

    /// <summary>Until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken) =>
        await await Task.WhenAny(JobsAsync(cancellationToken), NodePatchesAsync(cancellationToken));

    /// <summary>How many nodes have a good scan, leaving out NodePatches with the UIDs of <paramref name="former"/>.</summary>
    public int Scanned(IReadOnlySet<string> former)
    {
        lock (gate)
            return scanned.Values.Count(uid => !former.Contains(uid));
    }

    /// <summary>The UIDs of the NodePatches whose node has been scanned.</summary>
    public HashSet<string> ScannedUids()
    {
        lock (gate)
            return [.. scanned.Values];
    }

    /// <summary>The most Jobs that were unfinished at once since the last call.</summary>
    public int TakeMostActive()
    {
        lock (gate)
        {
            var most = mostActive;
            mostActive = active.Count;
            return most;
        }
    }

    /// <summary>From admission to done, of each node since the last call, shortest first.</summary>
    public List<TimeSpan> TakeTurns()
    {
        lock (gate)
        {
            List<TimeSpan> taken = [.. turns.Order()];
            turns.Clear();
            return taken;
        }
    }

    private async Task JobsAsync(CancellationToken cancellationToken)
    {
        await foreach (var (type, job) in api.WatchAsync($"/apis/batch/v1/namespaces/{jobNamespace}/jobs", cancellationToken))
        {
            lock (gate)
                See(type, job);
        }
    }

    private void See(string type, JsonObject job)
    {
        var uid = (string)job["metadata"]!["uid"]!;
        var finished = job["status"]?["conditions"]?
            .AsArray()
            .Any(condition => (string?)condition!["type"] is "Complete" or "Failed" && (string?)condition["status"] == "True") == true;
        if (type == "DELETED" || finished)
            active.Remove(uid);
        else
            active.Add(uid);
        mostActive = Math.Max(mostActive, active.Count);
        // No pretended agent ever fails: each step of a run is done once.
        if (seen.Add(uid)
            && job["metadata"]!["labels"] is { } labels
            && (string?)labels[ApiGroup.RunLabel] is { } run
            && !steps.Add($"{run}/{labels[ApiGroup.NodeLabel]}/{labels[ApiGroup.StepLabel]}"))
            twice.Add((string)job["metadata"]!["name"]!);
    }

    private async Task NodePatchesAsync(CancellationToken cancellationToken)
    {
        await foreach (var (type, patch) in api.WatchAsync($"/apis/{ApiGroup.GroupVersion}/nodepatches", cancellationToken))
        {
            lock (gate)
                Follow(type, patch, (string)patch["metadata"]!["name"]!);
        }
    }

    private void Follow(string type, JsonObject patch, string name)
    {
        if (type == "DELETED")
        {
            scanned.Remove(name);
            admitted.Remove(name);
            return;
        }

        if (patch["status"]?["lastScan"] is not null)
            scanned[name] = (string)patch["metadata"]!["uid"]!;
        var operation = patch["spec"]?["operation"];
        var last = patch["status"]?["lastOperation"];
        var done = operation is null || (last?["finishedAt"] is not null && (string?)last["runUID"] == (string?)operation["runUID"]);
        if (!done)
            admitted.TryAdd(name, clock.GetUtcNow());
        else if (admitted.Remove(name, out var since))
            turns.Add(clock.GetUtcNow() - since);
    }
}
