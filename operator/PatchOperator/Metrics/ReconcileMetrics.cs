using System.Diagnostics.Metrics;

namespace PatchOperator.Metrics;

/// <summary>Counts and times reconciles.</summary>
internal sealed class ReconcileMetrics(IMeterFactory meters, TimeProvider time)
{
    /// <summary>It ended as it should.</summary>
    public const string Success = "Success";

    /// <summary>Somebody else had changed the object; it is made again at once.</summary>
    public const string Conflict = "Conflict";

    /// <summary>It failed, and is made again later.</summary>
    public const string Error = "Error";

    private readonly Histogram<double> duration = meters
        .OperatorMeters()
        .CallDuration("reconcile.duration", "How long reconciles took, by the kind of object and how they ended.");

    private readonly Histogram<double> wait = meters
        .OperatorMeters()
        .CallDuration("reconcile.queue.duration", "How long objects waited for a reconcile that a change of another object had asked for.");

    public void Waited(string kind, TimeSpan duration) => wait.Record(duration.TotalSeconds, KeyValuePair.Create<string, object?>("kind", kind));

    public void Ended(string kind, string result, long startedAt) =>
        duration.Record(
            time.GetElapsedTime(startedAt).TotalSeconds,
            KeyValuePair.Create<string, object?>("kind", kind),
            KeyValuePair.Create<string, object?>("result", result));
}
