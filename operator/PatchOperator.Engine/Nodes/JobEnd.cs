using PatchOperator.Api;
using PatchOperator.Contract;
using PatchOperator.Engine.Facts;

namespace PatchOperator.Engine.Nodes;

/// <summary>What has become of the Job that is being waited for: one reading for scans and for steps.</summary>
internal abstract record JobEnd
{
    private JobEnd()
    {
    }

    public static JobEnd Of(JobFacts? job) => job switch
    {
        null => new Lost("its Job was deleted before its report was read"),
        { Report: { Reason: AgentReasons.OtherBoot } report } => new Lost(report.Message),
        { Report: { Succeeded: true } report } => new Succeeded(report),
        { Report: { } report } => new Failed(report),
        { Finished: false } => new UnderWay(job.Problem),
        { TimedOut: true, Problem: { } problem } => new Overdue(Reasons.JobNotStarted, $"the Job {job.Name} did not start in time: {problem}"),
        { TimedOut: true } => new Overdue(Reasons.JobTimedOut, $"the Job {job.Name} took longer than it may"),
        _ => new Lost(job.Problem ?? "its Job ended without a report"),
    };

    public sealed record UnderWay(string? Problem) : JobEnd;

    public sealed record Succeeded(StepReport Report) : JobEnd;

    public sealed record Failed(StepReport Report) : JobEnd;

    /// <summary>The Job's own deadline has passed.</summary>
    public sealed record Overdue(string Reason, string Message) : JobEnd;

    /// <summary>Nobody will ever know: another attempt may.</summary>
    public sealed record Lost(string Problem) : JobEnd;
}
