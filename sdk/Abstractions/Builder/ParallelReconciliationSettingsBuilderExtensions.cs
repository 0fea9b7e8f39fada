namespace KubeOps.Abstractions.Builder;

/// <summary><see cref="ParallelReconciliationSettings"/>, one after the other.</summary>
public static class ParallelReconciliationSettingsBuilderExtensions
{
    /// <summary>Sets <see cref="ParallelReconciliationSettings.MaxParallelReconciliations"/>.</summary>
    public static ParallelReconciliationSettingsBuilder WithMaxParallelReconciliations(
        this ParallelReconciliationSettingsBuilder builder, int value)
    {
        builder.MaxParallelReconciliations = value;
        return builder;
    }

    /// <summary>Sets <see cref="ParallelReconciliationSettings.MaxErrorRetries"/>.</summary>
    public static ParallelReconciliationSettingsBuilder WithMaxErrorRetries(this ParallelReconciliationSettingsBuilder builder, int retries)
    {
        builder.MaxErrorRetries = retries;
        return builder;
    }

    /// <summary>Sets <see cref="ParallelReconciliationSettings.ErrorBackoffBase"/>.</summary>
    public static ParallelReconciliationSettingsBuilder WithErrorBackoffBase(
        this ParallelReconciliationSettingsBuilder builder, TimeSpan backoff)
    {
        builder.ErrorBackoffBase = backoff;
        return builder;
    }
}
