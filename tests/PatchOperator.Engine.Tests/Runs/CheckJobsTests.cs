using PatchOperator.Api;
using PatchOperator.Engine.Decisions;
using PatchOperator.Engine.Effects;
using PatchOperator.Engine.Facts;
using PatchOperator.Engine.Questions;
using PatchOperator.Engine.Runs;
using PatchOperator.Engine.World;
using static PatchOperator.Engine.Tests.Given;
using static PatchOperator.Engine.Tests.Runs.GivenRuns;

namespace PatchOperator.Engine.Tests.Runs;

public class CheckJobsTests
{
    private static readonly HealthCheck Check = new() { Name = "api", Job = new JobTemplate { Image = "curl" }, During = [CheckTime.BeforeNode] };

    private static readonly StepReport Ill = new() { Succeeded = false, Reason = Reasons.HookFailed, Message = "its Job ended with exit code 3: 503" };

    public static TheoryData<string, JobRecord, StepReport?, HealthFacts?> Found => new()
    {
        { "it is at work", Job(null), null, null },
        { "it went well", Job(1), new StepReport { Succeeded = true, Reason = "", Message = "" }, HealthFacts.Well },
        { "it failed", Job(1), Ill, new HealthFacts(false, Ill.Message) },
        { "its pod is gone", Job(1), null, new HealthFacts(null, "its Job ended without a report") },
        { "it took too long", Job(1) with { TimedOut = true }, null, new HealthFacts(null, "the Job check took longer than it may") },
        { "it is long ago", Job(2), Ill, null },
    };

    [Theory, MemberData(nameof(Found))]
    public void What_a_Job_has_found_counts_for_two_minutes(string when, JobRecord job, StepReport? report, HealthFacts? expected) =>
        Assert.True(expected == CheckJobs.Facts(With(job), Check, Snapshot.Empty, new Answers().Add(new ReportOfStep(job), report)), when);

    [Fact]
    public void A_Job_that_cannot_start_is_a_check_that_cannot_be_evaluated()
    {
        var snapshot = Snapshot.Empty.WithPod("pod", new PodRecord { Name = "pod", Job = "check", Problem = "ImagePullBackOff" });

        Assert.Equal(new HealthFacts(null, "its Job has not started: ImagePullBackOff"), CheckJobs.Facts(With(Job(null)), Check, snapshot, Answers.None));
    }

    [Fact]
    public void What_nobody_has_asked_of_a_Job_is_not_known() => Assert.Null(CheckJobs.Facts(With(Job(1)), Check, Snapshot.Empty, Answers.None));

    [Fact]
    public void A_check_is_asked_again_by_a_Job_of_another_name_once_what_was_found_does_not_count()
    {
        var first = Assert.Single(CheckJobs.Ask(With(), Check, "canary")).Job;
        Assert.Equal(("api", true, RunUid, "canary"), (first.Hook, first.IsCheck, first.RunUid, first.Wave));
        Assert.Empty(CheckJobs.Ask(With(Job(null)), Check, null));
        Assert.Empty(CheckJobs.Ask(With(Job(1)), Check, null));
        Assert.NotEqual(first.Name, Assert.Single(CheckJobs.Ask(With(Job(2)), Check, null)).Job.Name);
    }

    [Fact]
    public void Nodes_wait_for_a_check_that_is_being_asked_and_nobody_is_alarmed()
    {
        var decision = RunDecider.Decide(Planned(), []);

        Assert.Single(decision.Effects.OfType<CreateHookJob>());
        Assert.DoesNotContain(decision.Effects, effect => effect is SetOperation);
        Assert.Equal("Healthy", decision.Status.Gates[0].Name);
        Assert.Empty(decision.Status.Checks);
        Assert.DoesNotContain(decision.Events, said => said.Reason == Reasons.HealthCheckFailing);
    }

    [Fact]
    public void While_it_is_asked_again_what_was_wrong_stays()
    {
        var input = Planned();
        var failing = new RunCheck { Name = "api", State = RunCheckState.Failing, Since = Noon.AddMinutes(-9), Message = "503" };
        input.Run.Status = input.Run.Status with { Checks = [failing] };

        Assert.Equal([failing], RunDecider.Decide(input, []).Status.Checks);
    }

    [Fact]
    public void Of_each_check_the_last_Job_stays()
    {
        var old = Job(5) with { Name = "old" };

        Assert.Contains(new DeleteJob("old"), RunDecider.Decide(Planned() with { Jobs = [old, Job(1)] }, []).Effects);
        Assert.DoesNotContain(RunDecider.Decide(Planned() with { Jobs = [Job(5)] }, []).Effects, effect => effect is DeleteJob);
    }

    private static RunInput Planned() => Input(Settings(), Pending("a")).Planned(plan => plan with { HealthChecks = [Check] });

    private static RunInput With(params JobRecord[] jobs) => Input(Settings()) with { Jobs = jobs };

    private static JobRecord Job(int? minutesAgo) => new()
    {
        Name = "check",
        Uid = "uid-check",
        Hook = "api",
        IsCheck = true,
        Finished = minutesAgo is not null,
        FinishedAt = minutesAgo is { } minutes ? Noon.AddMinutes(-minutes) : null,
    };
}
