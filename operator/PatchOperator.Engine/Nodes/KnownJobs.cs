using PatchOperator.Engine.Decisions;
using PatchOperator.Engine.Facts;
using PatchOperator.Engine.Questions;
using PatchOperator.Engine.World;

namespace PatchOperator.Engine.Nodes;

/// <summary>Jobs as decisions look at them: what the caches tell, and what was asked beside that.</summary>
internal static class KnownJobs
{
    public static JobFacts Facts(JobRecord job, Snapshot snapshot, Answers answers) => new()
    {
        Name = job.Name,
        Uid = job.Uid,
        Finished = job.Finished,
        TimedOut = job.TimedOut,
        BootId = job.BootId,
        Owner = job.Owner,
        Problem = snapshot.Pods.By(job.Name).FirstOrDefault(pod => pod.Problem is not null)?.Problem,
        Report = answers.To(new ReportOfStep(job)),
    };

    /// <summary>
    /// What is to be asked of a Job that a status names. Whoever has written the name may have made the Job a moment ago: that no cache knows it does not mean
    /// that it is lost.
    /// </summary>
    public static IEnumerable<Question> Questions(string name, Snapshot snapshot, Answers answers)
    {
        if (snapshot.Jobs[name] is null)
            yield return new JobAsItIs(name);
        if (Find(name, snapshot, answers) is { Finished: true } job)
            yield return new ReportOfStep(job);
    }

    /// <summary>The Job of that name; null when it is gone.</summary>
    public static JobRecord? Find(string name, Snapshot snapshot, Answers answers) => snapshot.Jobs[name] ?? answers.To(new JobAsItIs(name));
}
