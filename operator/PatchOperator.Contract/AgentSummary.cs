namespace PatchOperator.Contract;

/// <summary>The termination message of the agent's container, at most <see cref="MaxBytes"/> long: what is left when the log is gone.</summary>
public sealed record AgentSummary
{
    /// <summary>The limit that the kubelet sets to a termination message, in bytes of UTF-8.</summary>
    public const int MaxBytes = 4096;

    public string Schema { get; init; } = AgentReport.CurrentSchema;

    public required AgentStep Step { get; init; }

    public required AgentResult Result { get; init; }

    public required string Reason { get; init; }

    /// <summary>The report's message, cut to fit.</summary>
    public required string Message { get; init; }

    public required ReportCounts Counts { get; init; }

    /// <summary>The report's, its message cut to fit.</summary>
    public ListFacts? Lists { get; init; }

    /// <summary>Null when it could not be found out.</summary>
    public bool? RebootRequired { get; init; }

    public string? PatchLevel { get; init; }

    /// <summary>sha256, in hexadecimal, of the report's document, the bytes between the marker lines.</summary>
    public required string Sha256 { get; init; }

    /// <summary>The length of the report's document in bytes.</summary>
    public required int Length { get; init; }
}
