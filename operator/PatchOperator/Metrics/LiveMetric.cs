namespace PatchOperator.Metrics;

/// <summary>
/// A metric that is read whenever somebody asks. Nothing is kept from one time to the next, so it has a series for all that there is,
/// and none for what is gone.
/// </summary>
/// <param name="Name">Its name without <see cref="OperatorMeter.Prefix"/>.</param>
/// <param name="Unit">Its unit in UCUM, see <see cref="PrometheusNames"/>.</param>
/// <param name="Help">What it tells, in one sentence.</param>
/// <param name="IsCounter">Whether it only ever grows; else it is a gauge.</param>
/// <param name="Labels">The names of its labels.</param>
/// <param name="Read">Reads its series; of two with the same labels the last counts.</param>
internal sealed record LiveMetric(string Name, string? Unit, string Help, bool IsCounter, string[] Labels, Func<IEnumerable<LiveSeries>> Read);
