using k8s;
using PatchOperator.Caches;
using PatchOperator.Resources;

namespace PatchOperator.Integration.Tests.Operator;

/// <summary>What the operator takes from the status of a Job.</summary>
public sealed class JobStatusTests
{
    private const string Deadline = "DeadlineExceeded";

    public static TheoryData<string, string, bool, bool> Statuses => new()
    {
        { "just made", "{}", false, false },
        { "started", """{"startTime": "2026-01-02T03:04:05Z", "active": 1}""", false, false },
        { "decided to be complete, and its pod is not gone yet", JobStatus.WillComplete, false, false },
        { "complete", JobStatus.Complete, true, false },
        { "complete as before Kubernetes 1.31", """{"conditions": [{"type": "Complete", "status": "True"}]}""", true, false },
        { "decided to have failed, and its pod is not gone yet", JobStatus.WillFail(), false, false },
        { "failed", JobStatus.Failed(), true, false },
        { "failed as before Kubernetes 1.31", """{"conditions": [{"type": "Failed", "status": "True", "reason": "BackoffLimitExceeded"}]}""", true, false },
        { "decided to be out of time, and its pod is not gone yet", JobStatus.WillFail(Deadline), false, false },
        { "out of time", JobStatus.Failed(Deadline), true, true },
        { "suspended", """{"conditions": [{"type": "Suspended", "status": "True", "reason": "JobSuspended"}]}""", false, false },
        { "no longer failed", """{"conditions": [{"type": "Failed", "status": "False"}]}""", false, false },
    };

    /// <summary>While its end is only decided a pod of it may still be at work on the node.</summary>
    [Theory, MemberData(nameof(Statuses))]
    public void A_Job_is_finished_when_its_end_has_come(string what, string status, bool finished, bool timedOut)
    {
        var job = KubernetesJson.Deserialize<JobResource>($$"""{"metadata": {"name": "job", "uid": "1"}, "status": {{status}}}""");

        var record = Projections.Job(job);

        Assert.True((finished, timedOut) == (record.Finished, record.TimedOut), $"{what}: {record}");
    }
}
