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

    private readonly Histogram<double> duration = meters.OperatorMeters().CallDuration("reconcile.duration", "How long reconciles took, by the kind of object and how they ended.");

    public void Ended(string kind, string result, long startedAt) =>
        duration.Record(time.GetElapsedTime(startedAt).TotalSeconds, KeyValuePair.Create<string, object?>("kind", kind), KeyValuePair.Create<string, object?>("result", result));
}
