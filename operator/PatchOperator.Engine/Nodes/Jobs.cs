using PatchOperator.Api;
using PatchOperator.Engine.Decisions;
using PatchOperator.Engine.Effects;
using PatchOperator.Engine.Facts;
using PatchOperator.Engine.Nodes.Steps;

namespace PatchOperator.Engine.Nodes;

/// <summary>The Jobs on a node: whose they are, and which are not needed any more.</summary>
internal static class Jobs
{
    private static readonly OperationStep[] StepsOfTurn =
    [
        OperationStep.Stage, OperationStep.BeforeDrain, OperationStep.Patch, OperationStep.AfterPatch, OperationStep.Reboot, OperationStep.Verify,
        OperationStep.AfterUncordon, OperationStep.Rollback,
    ];

    /// <summary>Those of the operation that is asked for, in the order in which they are made: with the first, all of them go in one write.</summary>
    public static IEnumerable<JobFacts> OfTurn(NodeInput input) => input.Spec.Operation is not null
        ? StepsOfTurn
            .SelectMany(
                step => Enumerable.Range(1, AgentJobs.MaxAttempts).Select(attempt => input.Jobs.GetValueOrDefault(JobRequests.NameOf(input, step, attempt))))
            .OfType<JobFacts>()
        : [];

    /// <summary>
    /// Whether a Job is at work that nobody waits for: its making was not written down before the operator went, and by now the node is asked something
    /// else. It ends by itself, or is deleted once its time is over; until then nothing else may begin.
    /// </summary>
    /// <param name="input">The node.</param>
    /// <param name="expected">The name of the Job that is made, or waited for.</param>
    public static bool OfNobody(NodeInput input, params IEnumerable<string?> expected) =>
        input.Jobs.Values.Any(job => !job.Finished && job.Name != input.Status.Job && !expected.Contains(job.Name));

    /// <summary>Deletes those whose time is over, so that they do not begin late; the one that is waited for not before its end is written down.</summary>
    public static IEnumerable<Effect> DeleteOverdue(NodeInput input) => Delete(input, job => job.Overdue && job.Name != input.Status.Job);

    /// <summary>Deletes those that <paramref name="which"/> is true of; one whose owner goes as well, or is gone already, goes with it.</summary>
    public static IEnumerable<Effect> Delete(NodeInput input, Func<JobFacts, bool> which)
    {
        var going = input.Jobs.Values.Where(which).ToList();
        var staying = input.Jobs.Values.Except(going).Select(job => job.Uid).ToHashSet();
        return going
            .Where(job => job.Owner is null || staying.Contains(job.Owner))
            .OrderBy(job => job.Name, StringComparer.Ordinal)
            .Select(job => new DeleteJob(job.Name));
    }
}
