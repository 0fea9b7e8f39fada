using PatchOperator.Api;
using PatchOperator.Engine.Decisions;
using PatchOperator.Engine.Effects;
using PatchOperator.Engine.Facts;
using PatchOperator.Engine.Runs;
using PatchOperator.Engine.World;
using static PatchOperator.Engine.Tests.Given;
using static PatchOperator.Engine.Tests.Nodes.GivenNodes;
using static PatchOperator.Engine.Tests.Runs.GivenRuns;

namespace PatchOperator.Engine.Tests.Runs;

public class RunHooksTests
{
    private static readonly JobTemplate Template = new() { Image = "curl" };

    private static readonly StepReport Well = new() { Succeeded = true, Reason = Reasons.HookSucceeded, Message = "" };

    private static readonly StepReport Ill = new() { Succeeded = false, Reason = Reasons.HookFailed, Message = "hook beforeRun ended with exit code 3: no" };

    [Fact]
    public void Before_its_first_node_a_run_has_its_hook_run()
    {
        var decision = Decide(Given(Pending("a")));

        var job = Assert.Single(decision.Effects.OfType<CreateHookJob>()).Job;
        Assert.Equal(("beforeRun", "workers-20261120", RunUid, "workers", null), (job.Hook, job.Run, job.RunUid, job.Policy, job.Node));
        Assert.DoesNotContain(decision.Effects, effect => effect is SetOperation);
        Assert.Equal((RunPhase.Running, "hook beforeRun is under way; 1 nodes wait", "BeforeRunDone"), (decision.Status.Phase!.Value, decision.Status.Message, decision.Status.Gates[0].Name));
        Assert.Equal(new RunHook { Name = "beforeRun", State = RunHookState.Running, Job = job.Name, Attempt = 1, StartedAt = Noon }, Assert.Single(decision.Status.Hooks!));
        Assert.Contains(decision.Status.Timeline, entry => entry.Event == "Hook beforeRun begins");
    }

    [Fact]
    public void A_hook_is_begun_once_nothing_else_is_in_the_way() =>
        Assert.Empty(Decide(Given(Pending("a")).Saying(spec => spec with { Paused = true })).Effects.OfType<CreateHookJob>());

    public static TheoryData<string, JobFacts?, int, RunHookState, string> Ends => new()
    {
        { "it is at work", AtWork("hook"), 1, RunHookState.Running, "Running: hook beforeRun is under way; 1 nodes wait" },
        { "it cannot start", AtWork("hook") with { Problem = "ImagePullBackOff" }, 1, RunHookState.Running, "Running: hook beforeRun is under way: ImagePullBackOff; 1 nodes wait" },
        { "it went well", Ended("hook", Well), 1, RunHookState.Succeeded, "Running: patching" },
        { "it failed", Ended("hook", Ill), 1, RunHookState.Failed, "Halted: hook beforeRun failed: hook beforeRun ended with exit code 3: no. Mend it" },
        { "it took too long", Ended("hook") with { TimedOut = true }, 1, RunHookState.Failed, "Halted: hook beforeRun failed: the Job hook took longer than it may. Mend it" },
        { "it could not begin", Overdue("hook"), 1, RunHookState.Failed, "Halted: hook beforeRun failed: the Job hook did not start in time: no account. Mend it" },
        { "it is lost", null, 1, RunHookState.Running, "Running: hook beforeRun is under way: its Job was deleted before its report was read; 1 nodes wait" },
        { "it was lost too often", null, 3, RunHookState.Failed, "Halted: hook beforeRun failed: 3 attempts, and nobody knows how the last one ended" },
    };

    [Theory, MemberData(nameof(Ends))]
    public void What_becomes_of_the_hook_decides(string when, JobFacts? job, int attempt, RunHookState state, string says)
    {
        var decision = Decide(Given(Pending("a")).During("beforeRun", job, attempt));

        Assert.True(state == Assert.Single(decision.Status.Hooks!).State, when);
        Assert.StartsWith(says, $"{decision.Status.Phase}: {decision.Status.Message}", StringComparison.Ordinal);
        Assert.Equal(state == RunHookState.Succeeded ? 1 : 0, decision.Effects.OfType<SetOperation>().Count());
        Assert.Equal(when == "it is lost" ? 2 : attempt, decision.Status.Hooks![0].Attempt);
    }

    [Fact]
    public void A_hook_that_has_failed_runs_again_once_a_person_lets_the_run_go_on()
    {
        var input = Given(Pending("a")).Knowing(RunHookState.Failed, RunPhase.Halted);
        Assert.Equal(RunPhase.Halted, Decide(input).Status.Phase);

        input.Run.Metadata.Annotations = new Dictionary<string, string> { [ApiGroup.ResumeAnnotation] = "true" };
        var resumed = Decide(input);
        Assert.Equal((RunHookState.Running, 2), (resumed.Status.Hooks![0].State, resumed.Status.Hooks[0].Attempt));
        Assert.NotEqual("hook", Assert.Single(resumed.Effects.OfType<CreateHookJob>()).Job.Name);
        // Where something else is in the way by now, it is not forgotten that it is to run.
        Assert.Equal(RunHookState.Pending, Assert.Single(Decide(input.Saying(spec => spec with { Paused = true })).Status.Hooks!).State);
    }

    [Theory]
    [InlineData(OperationResult.Succeeded, RunPhase.Succeeded, "1 nodes patched and verified")]
    [InlineData(OperationResult.Failed, RunPhase.Failed, "1 nodes failed, 0 succeeded")]
    public void A_run_ends_as_its_nodes_did_once_its_last_hook_has_ended(OperationResult result, RunPhase phase, string why)
    {
        var settings = Settings(failureThreshold: "5");
        var input = Given(settings, Finished("a", result));
        var ending = Decide(input);
        Assert.Equal((RunPhase.Running, $"{why}; hook afterRun is under way"), (ending.Status.Phase!.Value, ending.Status.Message));
        Assert.Equal(new RunOutcome { Phase = phase, Message = why }, ending.Status.Outcome);
        Assert.Equal("afterRun", Assert.Single(ending.Effects.OfType<CreateHookJob>()).Job.Hook);

        // Whoever comes back meanwhile is for the next run.
        input = Given(settings, Finished("a", result), Pending("b"));
        input.Run.Status = ending.Status;
        Func<string, JobFacts?> Is(JobFacts job) => name => name == ending.Status.Hooks![0].Job ? job : null;
        Assert.Equal("NotEnded", Decide(input with { Job = Is(AtWork("hook")) }).Status.Gates[0].Name);

        var well = Decide(input with { Job = Is(Ended("hook", Well)) });
        Assert.Equal((phase, why, (RunOutcome?)null), (well.Status.Phase!.Value, well.Status.Message, well.Status.Outcome));
        Assert.Contains(well.Events, said => said.Reason == Reasons.HookSucceeded);

        var ill = Decide(input with { Job = Is(Ended("hook", Ill)) });
        Assert.Equal((phase, $"{why}; hook afterRun failed: {Ill.Message}"), (ill.Status.Phase!.Value, ill.Status.Message));
        Assert.Contains(ill.Events, said => said is { Reason: Reasons.HookFailed, Warning: true });
    }

    [Fact]
    public void A_run_that_has_not_begun_has_no_hook_at_its_end() =>
        Assert.Equal(RunPhase.Cancelled, Decide(Given(Pending("a")).Saying(spec => spec with { Cancelled = true })).Status.Phase);

    [Fact]
    public void What_the_first_hook_has_begun_is_waited_for_and_the_last_one_ends_it()
    {
        var cancelled = Given(Pending("a")).During("beforeRun", AtWork("hook")).Saying(spec => spec with { Cancelled = true });
        Assert.EndsWith("; hook beforeRun is under way", Decide(cancelled).Status.Message, StringComparison.Ordinal);

        var ending = Decide(cancelled with { Job = name => name == "hook" ? Ended("hook", Ill) : null });
        Assert.Equal("afterRun", Assert.Single(ending.Effects.OfType<CreateHookJob>()).Job.Hook);
        Assert.Equal(RunPhase.Cancelled, ending.Status.Outcome!.Phase);
    }

    /// <summary>Whoever made it did not live to write it down.</summary>
    [Fact]
    public void A_hook_that_was_begun_is_not_begun_again()
    {
        var input = Given(Pending("a"));
        var job = OwnHook.NextJob(input.Run, "beforeRun");
        var decision = Decide(input with { Job = name => name == job ? AtWork(name) : null });

        Assert.Empty(decision.Effects.OfType<CreateHookJob>());
        Assert.Equal((RunHookState.Running, job, 1), Assert.Single(decision.Status.Hooks!) is var hook ? (hook.State, hook.Job, hook.Attempt) : default);
    }

    [Fact]
    public void A_run_that_is_deleted_waits_for_no_hook_and_leaves_no_Job()
    {
        var input = Given(Pending("a")).During("beforeRun", AtWork("hook")) with { Jobs = [Job("hook", "beforeRun")] };
        input.Run.Metadata.DeletionTimestamp = Noon.UtcDateTime;
        var decision = Decide(input);

        Assert.Equal((RunPhase.Cancelled, true), (decision.Status.Phase!.Value, decision.Released));
        Assert.Equal([new DeleteJob("hook")], decision.Effects);
    }

    [Fact]
    public void Once_a_run_is_over_its_Jobs_go_but_that_of_a_hook_that_has_failed()
    {
        var input = Given(Finished("a", OperationResult.Succeeded)).Knowing(RunHookState.Failed, RunPhase.Succeeded) with { Jobs = [Job("check", "api"), Job("hook", "beforeRun")] };

        Assert.Equal([new DeleteJob("check")], Decide(input).Effects);
    }

    /// <summary>Or whoever decides again after a crash would take it for lost.</summary>
    [Fact]
    public void The_Job_of_a_hook_that_could_not_begin_goes_once_that_is_written_down()
    {
        var input = Given(Pending("a")).During("beforeRun", Overdue("hook")) with { Jobs = [Job("hook", "beforeRun") with { IsOverdue = true }] };

        var failed = Decide(input);
        Assert.Empty(failed.Effects);
        Assert.Equal(TimeSpan.Zero, failed.WakeUp);
        input.Run.Status = failed.Status;
        Assert.Equal([new DeleteJob("hook")], Decide(input).Effects);
    }

    [Fact]
    public void Once_a_run_is_over_nothing_is_left_of_a_hook_that_could_not_begin()
    {
        var input = Given(Finished("a", OperationResult.Succeeded)).Knowing(RunHookState.Failed, RunPhase.Succeeded) with { Jobs = [Job("hook", "afterRun") with { IsOverdue = true }] };

        Assert.Equal([new DeleteJob("hook")], Decide(input).Effects);
    }

    [Fact]
    public void A_run_is_looked_at_again_when_the_time_of_its_Job_is_over()
    {
        var job = Job("hook", "beforeRun") with { Run = "workers-20261120", Owner = RunUid, CreatedAt = Noon, DueAt = Noon.AddSeconds(30) };

        Assert.Equal(Noon.AddSeconds(30), RunInput.Of(Given(Pending("a")).Run, Snapshot.Empty.WithJob("hook", job), Answers.None, "100%", Noon).LookAt);
        Assert.Equal(TimeSpan.FromSeconds(30), Decide(Given(Pending("a")).During("beforeRun", AtWork("hook")) with { LookAt = Noon.AddSeconds(30) }).WakeUp);
    }

    private static JobFacts Overdue(string name) => Ended(name) with { TimedOut = true, Overdue = true, Problem = "no account" };

    private static JobRecord Job(string name, string hook) => new() { Name = name, Uid = $"uid-{name}", Hook = hook };

    private static Decision<PatchRunStatus> Decide(RunInput input) => RunDecider.Decide(input, []);

    private static RunInput Given(params NodeView[] views) => Given(Settings(), views);

    private static RunInput Given(RunSettings settings, params NodeView[] views) =>
        Input(settings with { Hooks = new HookSettings { BeforeRun = views.All(view => view.Status!.LastOperation is null) ? Template : null, AfterRun = Template } }, views);
}
