namespace PatchOperator.Contract;

/// <summary>What a log has of the report that a summary speaks of.</summary>
/// <param name="Report">The report; null where it is not to be had.</param>
/// <param name="Fault">Why not; null where it is.</param>
public readonly record struct ReportReading(AgentReport? Report, ReportFault? Fault);
