using System.Diagnostics;
using System.Text.Json.Nodes;
using PatchOperator.EndToEnd.Tests.Clusters;
using PatchOperator.EndToEnd.Tests.Objects;

namespace PatchOperator.EndToEnd.Tests.Watching;

/// <summary>The objects of a kind as a watch tells of them, every change one by one.</summary>
public sealed class Watched : IDisposable
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, JsonNode> objects = [];
    private readonly List<Action<IReadOnlyCollection<JsonNode>>> recordings = [];
    private readonly Process process;

    private Watched(Process process) => this.process = process;

    internal static async Task<Watched> StartAsync(Kubectl kubectl, string[] get)
    {
        var first = JsonNode.Parse(await kubectl.RunAsync(get))!.Items("items");
        var watched = new Watched(kubectl.Start([.. get, "--watch", "--output-watch-events"]));
        _ = watched.ReadAsync();
        // What is there already comes one by one as well: half of it is no state that the cluster ever had.
        await new Waiting(new Diagnosis(kubectl)).TrueAsync($"the watch tells of {first.Count} objects", () => watched.Count >= first.Count);
        return watched;
    }

    private int Count
    {
        get
        {
            lock (gate)
                return objects.Count;
        }
    }

    /// <summary>What a function makes of all objects, now and after every change from now on; the same in a row counts once.</summary>
    public Recording<T> Record<T>(Func<IReadOnlyCollection<JsonNode>, T> state)
    {
        var recording = new Recording<T>();
        lock (gate)
        {
            recording.Add(state(objects.Values));
            recordings.Add(all => recording.Add(state(all)));
        }

        return recording;
    }

    /// <summary>Ends when the condition has been true, if only for a moment.</summary>
    public async Task UntilAsync(string what, Func<IReadOnlyCollection<JsonNode>, bool> condition, TimeSpan within)
    {
        var came = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Record(all => condition(all) && came.TrySetResult());
        try
        {
            await came.Task.WaitAsync(within, TimeProvider.System);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"not in time: {what}");
        }
    }

    public void Dispose()
    {
        process.Kill();
        process.Dispose();
    }

    // kubectl writes one event a line.
    private async Task ReadAsync()
    {
        while (await process.StandardOutput.ReadLineAsync() is { } line)
            Take(JsonNode.Parse(line)!);
    }

    private void Take(JsonNode change)
    {
        var current = change["object"]!;
        lock (gate)
        {
            if (change.Text("type") == "DELETED")
                objects.Remove(current.Name());
            else
                objects[current.Name()] = current;
            foreach (var recording in recordings)
                recording(objects.Values);
        }
    }
}
