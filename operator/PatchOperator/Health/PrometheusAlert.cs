namespace PatchOperator.Health;

/// <summary>An alert that is active.</summary>
/// <param name="Name">The name of its rule.</param>
/// <param name="State"><c>firing</c> or <c>pending</c>.</param>
internal sealed record PrometheusAlert(string Name, string State);
