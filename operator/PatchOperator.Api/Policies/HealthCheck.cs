namespace PatchOperator.Api;

/// <summary>
/// Something that must be well for a rollout to go on. It has exactly one of <see cref="Prometheus"/>, <see cref="Alerts"/>, <see cref="Object"/> and
/// <see cref="Job"/>.
/// </summary>
public sealed record HealthCheck
{
    public string Name { get; init; } = "";

    public PrometheusCheck? Prometheus { get; init; }

    public AlertsCheck? Alerts { get; init; }

#pragma warning disable CA1720 // what it is about is an object of Kubernetes
    public ObjectCheck? Object { get; init; }
#pragma warning restore CA1720

    /// <summary>What is run to find out: all is well where it ends with 0.</summary>
    public JobTemplate? Job { get; init; }

    /// <summary>When it is asked.</summary>
    public List<CheckTime> During { get; init; } = [CheckTime.BeforeWave, CheckTime.Soak];

    /// <summary>How long it must fail without a break in a soak before the run halts; before nodes begin, a failing check holds them back at once.</summary>
    public string For { get; init; } = "0s";
}
