using PatchOperator.Api;
using PatchOperator.Engine.Facts;

namespace PatchOperator.Engine.Nodes.Steps;

/// <summary>Steps that are a Job: of the agent, or of a policy's own.</summary>
internal static class AgentJobs
{
    /// <summary>How often a Job that ended without a report, as when a restart of the container runtime killed it, is tried.</summary>
    public const int MaxAttempts = 3;

    public static StepAnswer Start(NodeInput turn, OperationStep step, NodePhase phase, int attempt)
    {
        var record = turn.Record with { Attempts = Math.Max(turn.Record.Attempts, attempt) };
        var status = turn.Status with { Phase = phase, Job = JobRequests.NameOf(turn, step, attempt), Attempt = attempt, LastOperation = record };
        return new StepAnswer.Wait(turn with { Status = status }, UnderWay(turn, step))
        {
            Effects = [JobRequests.Create(turn, step, attempt)],
        };
    }

    /// <summary>What is said while all goes well: the same for as long as the step lasts, since it is written to the status.</summary>
    public static string UnderWay(NodeInput turn, OperationStep step) => step == OperationStep.Verify
        ? $"Verify is under way; the node counts as patched once it has been Ready for {turn.Settings.Rollout.MinReadySeconds} s"
        : $"{step} is under way";

    public static StepAnswer Await(NodeInput turn, OperationStep step, NodePhase phase, Func<StepReport, StepAnswer> done) => JobEnd.Of(turn.Job) switch
    {
        JobEnd.Succeeded(var report) => done(report),
        JobEnd.Failed(var report) => new StepAnswer.Failed(WithInventory(turn, report), report.Reason, report.Message),
        JobEnd.UnderWay(var problem) => new StepAnswer.Wait(turn, problem is null ? UnderWay(turn, step) : $"{step} is under way: {problem}"),
        JobEnd.Overdue(var reason, var message) => new StepAnswer.Failed(turn, reason, message),
        JobEnd.Lost(var problem) when turn.Status.Attempt < MaxAttempts => Start(turn, step, phase, turn.Status.Attempt + 1),
        JobEnd.Lost(var problem) => new StepAnswer.Failed(turn, Reasons.ReportMissing, $"no report after {MaxAttempts} attempts: {problem}"),
        var end => throw new InvalidOperationException($"a Job cannot end as {end}"),
    };

    // A step that failed may have changed packages all the same, and has often found out what is pending now; if it has not, what was known stays.
    private static NodeInput WithInventory(NodeInput turn, StepReport report) => turn with
    {
        Status = (report.PendingCount is null ? Inventory.ApplyIncomplete(turn.Status, report) : Inventory.Apply(turn, report)) with
        {
            LastOperation = report.Changed.Count == 0 ? turn.Record : Inventory.Changes(turn.Record, report),
        },
    };
}
