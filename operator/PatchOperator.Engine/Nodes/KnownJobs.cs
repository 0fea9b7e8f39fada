using PatchOperator.Engine.Decisions;
using PatchOperator.Engine.Facts;
using PatchOperator.Engine.Questions;
using PatchOperator.Engine.World;

namespace PatchOperator.Engine.Nodes;

/// <summary>Jobs as decisions look at them: what the caches tell, and what was asked beside that.</summary>
internal static class KnownJobs
{
    // A pod is made within a moment: of most Jobs nobody ever asks why there is none.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <param name="job">The Job, as it counts now.</param>
    /// <param name="snapshot">What the caches tell.</param>
    /// <param name="answers">What was asked.</param>
    /// <param name="now">The time, in UTC.</param>
    public static JobFacts Facts(JobRecord job, Snapshot snapshot, Answers answers, DateTimeOffset now) => new()
    {
        Name = job.Name,
        Uid = job.Uid,
        Finished = job.Finished,
        TimedOut = job.TimedOut,
        Overdue = job.IsOverdue,
        LookAt = LookAt(job, snapshot, now),
        BootId = job.BootId,
        Owner = job.Owner,
        Problem = Problem(job, snapshot, answers),
        Report = answers.To(new ReportOfStep(job)),
    };

    /// <summary>What keeps a Job's pod from being made, or from starting, or how it ended, in words; null where nothing is known.</summary>
    public static string? Problem(JobRecord job, Snapshot snapshot, Answers answers) =>
        snapshot.Pods.By(job.Name).FirstOrDefault(pod => pod.Problem is not null)?.Problem
        ?? answers.To(new ProblemOfJob(job.Name, job.Uid))
        ?? (job.IsOverdue && !HasPod(job, snapshot) ? "it has no pod, and Kubernetes does not say why" : null);

    /// <summary>When a Job is to be looked at again though nobody tells anything of it, in UTC; null once it has finished.</summary>
    public static DateTimeOffset? LookAt(JobRecord job, Snapshot snapshot, DateTimeOffset now)
    {
        if (job.Finished)
            return null;
        var ask = HasPod(job, snapshot) ? null : job.CreatedAt + Patience;
        return new[] { job.DueAt, ask <= now ? now + Patience : ask }.Min();
    }

    /// <summary>
    /// What is to be asked of a Job that a status names. Whoever has written the name may have made the Job a moment ago: that no cache knows it does not mean
    /// that it is lost.
    /// </summary>
    public static IEnumerable<Question> Questions(string name, Snapshot snapshot, Answers answers, DateTimeOffset now)
    {
        if (snapshot.Jobs[name] is null)
            yield return new JobAsItIs(name);
        if (Find(name, snapshot, answers, now) is { } job)
            foreach (var question in Questions(job, snapshot, now))
                yield return question;
    }

    /// <summary>What is to be asked of a Job that is there: how it has ended, or why it does not begin.</summary>
    public static IEnumerable<Question> Questions(JobRecord job, Snapshot snapshot, DateTimeOffset now)
    {
        if (job.Finished)
            yield return new ReportOfStep(job);
        foreach (var why in OfPod(job, snapshot, now))
            yield return why;
    }

    /// <summary>What is to be asked where there should be a pod by now, or should have been, and is none.</summary>
    public static IEnumerable<ProblemOfJob> OfPod(JobRecord job, Snapshot snapshot, DateTimeOffset now) =>
        (job.Finished ? job.TimedOut : job.CreatedAt + Patience <= now) && !HasPod(job, snapshot) ? [new ProblemOfJob(job.Name, job.Uid)] : [];

    /// <summary>The Job of that name, as it counts now; null when it is gone.</summary>
    public static JobRecord? Find(string name, Snapshot snapshot, Answers answers, DateTimeOffset now) =>
        (snapshot.Jobs[name] ?? answers.To(new JobAsItIs(name)))?.At(now);

    private static bool HasPod(JobRecord job, Snapshot snapshot) => snapshot.Pods.By(job.Name).Any();
}
