namespace PatchOperator.Fleet.Scale;

/// <summary>What was measured from one instant to another.</summary>
internal sealed record Phase
{
    public required string Name { get; init; }

    public required DateTimeOffset From { get; init; }

    public required DateTimeOffset To { get; init; }

    public double Seconds => (To - From).TotalSeconds;

    /// <summary>Of all replicas.</summary>
    public required double CpuSeconds { get; init; }

    /// <summary>At the end, of the largest replica.</summary>
    public required double ResidentMiB { get; init; }

    /// <summary>Within the phase, of the largest replica.</summary>
    public required double PeakMiB { get; init; }

    public required int JobsAtOnce { get; init; }

    /// <summary>The file's size at the end.</summary>
    public required double EtcdMiB { get; init; }

    /// <summary>What of the file is in use.</summary>
    public required double EtcdInUseMiB { get; init; }

    /// <summary>How often what was asked of the API server, by verb and resource; known once the audit log has been read.</summary>
    public IReadOnlyDictionary<string, int> Requests { get; init; } = new Dictionary<string, int>();
}
