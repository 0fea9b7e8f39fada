namespace KubeOps.Abstractions.Builder;

/// <summary>Collects <see cref="ParallelReconciliationSettings"/>.</summary>
public sealed class ParallelReconciliationSettingsBuilder
{
    private int maxParallelReconciliations = Environment.ProcessorCount * 2;

    /// <inheritdoc cref="ParallelReconciliationSettings.MaxParallelReconciliations"/>
    public int MaxParallelReconciliations
    {
        get => maxParallelReconciliations;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
            maxParallelReconciliations = value;
        }
    }

    /// <inheritdoc cref="ParallelReconciliationSettings.MaxErrorRetries"/>
    public int MaxErrorRetries { get; set; } = 5;

    /// <inheritdoc cref="ParallelReconciliationSettings.ErrorBackoffBase"/>
    public TimeSpan ErrorBackoffBase { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>The settings as they stand.</summary>
    public ParallelReconciliationSettings Build() => new()
    {
        MaxParallelReconciliations = MaxParallelReconciliations,
        MaxErrorRetries = MaxErrorRetries,
        ErrorBackoffBase = ErrorBackoffBase,
    };
}
