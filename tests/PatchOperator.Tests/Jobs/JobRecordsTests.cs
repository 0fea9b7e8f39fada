using k8s.Models;
using PatchOperator.Api;
using PatchOperator.Jobs;
using PatchOperator.Resources;

namespace PatchOperator.Tests.Jobs;

public class JobRecordsTests
{
    [Theory]
    [InlineData("node-1", null, "run-1")]
    [InlineData(null, "run-1", "run-1")]
    public void A_Job_works_for_a_node_or_for_its_run_itself(string? node, string? run, string label)
    {
        var job = Job(null);
        job.Metadata.Labels[ApiGroup.RunLabel] = label;
        job.Metadata.Annotations = node is null ? null : new Dictionary<string, string> { [JobAnnotations.Node] = node };

        Assert.Equal((node, run), (JobRecords.Of(job).Node, JobRecords.Of(job).Run));
    }

    [Fact]
    public void A_Job_of_a_policys_own_says_which_hook_or_check_it_is_for()
    {
        Assert.Equal(("api", true), JobRecords.Of(Job("check")) is var check ? (check.Hook, check.IsCheck) : default);
        Assert.Equal(("api", false), JobRecords.Of(Job("hook")) is var hook ? (hook.Hook, hook.IsCheck) : default);
    }

    [Theory]
    [InlineData("Complete", null, true, true, false)]
    [InlineData("Failed", "BackoffLimitExceeded", true, false, false)]
    [InlineData("Failed", "DeadlineExceeded", true, false, true)]
    [InlineData("Suspended", null, false, false, false)]
    public void Its_conditions_say_how_it_has_ended_and_when(string condition, string? reason, bool finished, bool succeeded, bool timedOut)
    {
        var job = Job("hook");
        var at = new DateTime(2026, 11, 20, 12, 0, 0, DateTimeKind.Utc);
        job.Status = new JobResource.StatusFields { Conditions = [new V1JobCondition { Type = condition, Status = "True", Reason = reason, LastTransitionTime = at }] };

        var record = JobRecords.Of(job);
        Assert.Equal((finished, succeeded, timedOut, finished ? at : null), (record.Finished, record.Succeeded, record.TimedOut, record.FinishedAt?.UtcDateTime));
    }

    [Theory]
    [InlineData(null, 601)]
    [InlineData(7200, 7801)]
    public void Its_time_is_over_two_minutes_after_its_deadline_from_when_it_was_started_or_made(int? startedAfter, int dueAfter)
    {
        var made = new DateTime(2026, 11, 20, 12, 0, 0, DateTimeKind.Utc);
        var job = Job("hook");
        job.Metadata.CreationTimestamp = made;
        job.Spec = new JobResource.SpecFields { ActiveDeadlineSeconds = 481 };
        job.Status = new JobResource.StatusFields { StartTime = startedAfter is { } seconds ? made.AddSeconds(seconds) : null };

        Assert.Equal((made, made.AddSeconds(dueAfter)), (JobRecords.Of(job).CreatedAt?.UtcDateTime, JobRecords.Of(job).DueAt?.UtcDateTime));
        job.Status.Conditions = [new V1JobCondition { Type = "Complete", Status = "True" }];
        Assert.Null(JobRecords.Of(job).DueAt);
    }

    private static JobResource Job(string? step) => new()
    {
        Metadata = new V1ObjectMeta
        {
            Name = "job",
            Uid = "job-uid",
            Labels = step is null ? new Dictionary<string, string>() : new Dictionary<string, string> { [ApiGroup.StepLabel] = step, [ApiGroup.HookLabel] = "api" },
        },
    };
}
