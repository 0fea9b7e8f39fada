using PatchOperator.Engine.Decisions;
using PatchOperator.Engine.Nodes;
using PatchOperator.Engine.Questions;
using PatchOperator.Engine.World;
using static PatchOperator.Engine.Tests.Given;

namespace PatchOperator.Engine.Tests.Nodes;

public class KnownJobsTests
{
    private static readonly JobRecord Job = new() { Name = "patch", Uid = "uid", CreatedAt = Noon, DueAt = Noon.AddMinutes(10) };

    public static TheoryData<string, JobRecord, int, bool, string, int?> Stories => new()
    {
        { "it was just made", Job, 30, false, "", 60 },
        { "it has no pod", Job, 60, false, "pod", 120 },
        { "it still has none", Job, 575, false, "pod", 600 },
        { "it has one", Job, 60, true, "", 600 },
        { "its time is over", Job, 600, false, "report, pod", null },
        { "its time is over, and its pod is there", Job, 600, true, "report", null },
        { "it took too long", Job with { Finished = true, TimedOut = true, DueAt = null }, 30, false, "report, pod", null },
        { "its pod is lost", Job with { Finished = true, DueAt = null }, 30, false, "report", null },
        { "it has no deadline", Job with { DueAt = null }, 30, true, "", null },
    };

    [Theory, MemberData(nameof(Stories))]
    public void What_is_asked_of_a_Job_and_when_it_is_looked_at_again(string what, JobRecord job, int second, bool pod, string asked, int? look)
    {
        var now = Noon.AddSeconds(second);
        var snapshot = Snapshot.Empty.WithJob("patch", job).WithPod("pod", pod ? new PodRecord { Name = "pod", Job = "patch" } : null);

        var questions = KnownJobs.Questions("patch", snapshot, Answers.None, now).Select(question => question is ProblemOfJob ? "pod" : "report");
        Assert.True(asked == string.Join(", ", questions), what);
        Assert.True(look == (KnownJobs.LookAt(job.At(now), snapshot, now) - Noon)?.TotalSeconds, what);
    }

    [Theory]
    [InlineData(9, false)]
    [InlineData(10, true)]
    public void A_Job_counts_as_ended_by_its_deadline_though_Kubernetes_does_not_end_it(int minutes, bool overdue)
    {
        var job = Job.At(Noon.AddMinutes(minutes));

        Assert.Equal((overdue, overdue, overdue, overdue ? Job.DueAt : null), (job.IsOverdue, job.Finished, job.TimedOut, job.FinishedAt));
    }

    public static TheoryData<string?, string?, int, string?> Problems => new()
    {
        { "ErrImagePull", "quota", 5, "ErrImagePull" },
        { null, "quota", 5, "quota" },
        { null, null, 5, null },
        { null, null, 10, "it has no pod, and Kubernetes does not say why" },
    };

    [Theory, MemberData(nameof(Problems))]
    public void What_keeps_a_Job_from_starting_its_pod_says_or_its_events(string? ofPod, string? ofEvents, int minutes, string? says)
    {
        var snapshot = Snapshot.Empty.WithPod("pod", ofPod is null ? null : new PodRecord { Name = "pod", Job = "patch", Problem = ofPod });

        Assert.Equal(says, KnownJobs.Facts(Job.At(Noon.AddMinutes(minutes)), snapshot, new Answers().Add(new ProblemOfJob("patch", "uid"), ofEvents), Noon).Problem);
    }
}
