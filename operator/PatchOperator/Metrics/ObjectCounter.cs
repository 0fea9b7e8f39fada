namespace PatchOperator.Metrics;

/// <summary>
/// A counter whose first label names an object. A series is gone with its object, whatever comes and goes in a year; an object that is
/// made again under the same name is counted from zero, which Prometheus takes for a restart.
/// </summary>
internal sealed class ObjectCounter
{
    private readonly Func<string, bool> exists;
    private readonly Dictionary<string, LiveSeries> series = [];
    private readonly Lock gate = new();

    /// <param name="name">As of a <see cref="LiveMetric"/>, like those that follow.</param>
    /// <param name="unit">Its unit.</param>
    /// <param name="help">What it tells.</param>
    /// <param name="labels">The names of its labels; the first is that of the object.</param>
    /// <param name="exists">Whether there is an object of this name.</param>
    public ObjectCounter(string name, string unit, string help, string[] labels, Func<string, bool> exists)
    {
        this.exists = exists;
        Metric = new LiveMetric(name, unit, help, IsCounter: true, labels, Read);
    }

    public LiveMetric Metric { get; }

    public void Add(params string[] labels)
    {
        var key = string.Join('\0', labels);
        lock (gate)
        {
            // Where nobody ever reads, what is gone must go as well.
            if (!series.TryGetValue(key, out var known))
                Forget();
            series[key] = new LiveSeries(known.Value + 1, labels);
        }
    }

    private List<LiveSeries> Read()
    {
        lock (gate)
        {
            Forget();
            return [.. series.Values];
        }
    }

    private void Forget()
    {
        foreach (var (key, _) in series.Where(entry => !exists(entry.Value.Labels[0])).ToList())
            series.Remove(key);
    }
}
