using System.Net;
using System.Text.Json.Nodes;
using k8s.Autorest;
using k8s.Models;
using Microsoft.Extensions.Logging.Abstractions;
using PatchOperator.Api;
using PatchOperator.Effects;
using PatchOperator.Engine.Decisions;
using PatchOperator.Engine.Effects;
using PatchOperator.Engine.Questions;
using PatchOperator.Engine.World;
using PatchOperator.Metrics;
using PatchOperator.Ports;
using PatchOperator.Questions;
using PatchOperator.Reconciling;
using PatchOperator.Tests.Simulation;

namespace PatchOperator.Tests.Reconciling;

/// <summary>Ask, decide, apply, write the status once if it has changed, say.</summary>
public sealed class ReconcilerTests : IDisposable
{
    private static readonly ImageBaseline Baseline = new()
    {
        Metadata = new V1ObjectMeta { Name = "golden" },
        Spec = new ImageBaselineSpec { Output = new ImageOutput { CurrentTag = "stable" } },
    };

    private static readonly JobRecord Job = new() { Name = "job-1", Uid = "job-uid" };

    private readonly ScriptedRegistries registries = new();
    private readonly ScriptedDecider decider = new();
    private readonly List<(RunPhase? Before, RunPhase? After)> written = [];
    private readonly OperatorBench bench;
    private readonly Reconciler<PatchRun, PatchRunStatus> reconciler;

    public ReconcilerTests()
    {
        bench = new OperatorBench(registries);
        var kind = Kinds.Runs(bench.Get<OutcomeMetrics>()) with { Written = (before, after) => written.Add((before.Status.Phase, after.Phase)) };
        reconciler = new Reconciler<PatchRun, PatchRunStatus>(
            kind, decider, bench.Get<IWorld>(), bench.Get<IApi>(), bench.Get<EffectHandlers>(), bench.Get<QuestionHandlers>(), bench.Time, NullLogger.Instance);
    }

    public void Dispose()
    {
        reconciler.Dispose();
        bench.Dispose();
    }

    [Fact]
    public async Task First_the_effects_then_the_status_then_the_events_then_what_follows_the_status()
    {
        Run();
        Decide(RunPhase.Running, [new RemoveAnnotations(PatchRun.KindName, "run-1", ["done"]), new DeleteJob("job-1")], [new EngineEvent("Began", "it began")]);

        await ReconcileAsync();

        Assert.Equal(["delete Job job-1", "status PatchRun run-1", "say Began: it began", "patch PatchRun run-1"], bench.Api.Calls);
        Assert.Equal(RunPhase.Running, Stored.Status.Phase);
        Assert.Equal([(null, RunPhase.Running)], written);
    }

    [Fact]
    public async Task A_status_that_says_the_same_is_not_written()
    {
        Run(new PatchRunStatus { Phase = RunPhase.Running, Message = "patching" });
        decider.Decision = _ => new Decision<PatchRunStatus> { Status = new PatchRunStatus { Phase = RunPhase.Running, Message = "patching" }, Why = "patching" };

        await ReconcileAsync();

        Assert.Empty(bench.Api.Calls);
        Assert.Empty(written);
    }

    [Fact]
    public async Task A_status_that_says_something_else_is_written_at_the_version_that_was_decided_from()
    {
        Run();
        Decide(RunPhase.Running, [new DeleteJob("job-1")], [new EngineEvent("Began", "it began")]);
        bench.Store.Edit(PatchRun.KindName, "run-1", json => json["metadata"]!["annotations"] = new System.Text.Json.Nodes.JsonObject { ["a"] = "b" });

        var conflict = await Assert.ThrowsAsync<HttpOperationException>(ReconcileAsync);

        Assert.Equal(HttpStatusCode.Conflict, conflict.Response.StatusCode);
        // Nobody is told of what was not written down, or counts it.
        Assert.Equal(["delete Job job-1", "status PatchRun run-1"], bench.Api.Calls);
        Assert.Empty(written);
    }

    [Fact]
    public async Task The_status_is_not_written_where_nobody_knows_whether_the_effects_are_done()
    {
        Run();
        Decide(RunPhase.Running, [new DeleteJob("job-1")], []);
        bench.Api.Answer("delete Job", new HttpRequestException("the connection broke"));

        await Assert.ThrowsAsync<HttpRequestException>(ReconcileAsync);

        Assert.Equal(["delete Job job-1"], bench.Api.Calls);
        Assert.Null(Stored.Status.Phase);
    }

    [Fact]
    public async Task What_is_refused_is_written_in_place_of_what_was_decided_and_nothing_follows()
    {
        Run();
        Decide(RunPhase.Running, [new DeleteJob("job-1"), new RemoveAnnotations(PatchRun.KindName, "run-1", ["done"])], [new EngineEvent("Began", "it began")]);
        bench.Api.Answer("delete Job", ApiAnswer.Refuse(HttpStatusCode.Forbidden, "not yours"));

        var wakeUp = await ReconcileAsync();

        const string Words = "the API server refused to delete Job job-1: not yours";
        Assert.Equal(["delete Job job-1", "status PatchRun run-1", $"say warning {Reasons.ApiRefused}: {Words}"], bench.Api.Calls);
        Assert.Equal((null, Words, TimeSpan.FromSeconds(10)), (Stored.Status.Phase, Stored.Status.Message, wakeUp));
    }

    [Fact]
    public async Task Where_an_optional_effect_is_refused_the_rest_goes_on_and_it_is_told()
    {
        Run();
        Decide(
            RunPhase.Running,
            [new DeleteImage(Baseline, "sha256:a"), new DeleteJob("job-1"), new RemoveAnnotations(PatchRun.KindName, "run-1", ["done"])],
            [new EngineEvent("Began", "it began")]);
        registries.Refusal = "deletion is not allowed";

        await ReconcileAsync();

        Assert.Equal(
            [
                "delete Job job-1", "status PatchRun run-1", "say Began: it began",
                $"say warning {Reasons.RetentionFailed}: the registry refused to delete image sha256:a: deletion is not allowed", "patch PatchRun run-1",
            ],
            bench.Api.Calls);
        Assert.Equal((RunPhase.Running, "without delete image sha256:a"), (Stored.Status.Phase, Stored.Status.Message));
    }

    [Fact]
    public async Task It_is_asked_until_nothing_new_comes_and_the_answers_are_those_of_the_decision()
    {
        Run();
        Question first = new JobAsItIs("job-1");
        Question second = new PodsToEvict("node-1");
        decider.Questions = answers => answers.Has(first) ? [first, second] : [first];

        await ReconcileAsync();

        Assert.Equal(["get Job job-1", "get Pods on node-1", "get Pods on node-1 exactly"], bench.Api.Calls);
        var answers = Assert.Single(decider.Decided).Answers;
        Assert.True(answers.Has(first) && answers.Has(second));
    }

    [Fact]
    public async Task A_question_that_is_refused_is_written_and_nothing_is_decided()
    {
        Run();
        decider.Questions = _ => [new PodsToEvict("node-1")];
        bench.Api.Answer("get Pods", ApiAnswer.Refuse(HttpStatusCode.Forbidden, "pods is forbidden"));

        await ReconcileAsync();

        Assert.Empty(decider.Decided);
        Assert.Equal("the API server refused to tell the pods of node node-1: pods is forbidden", Stored.Status.Message);
    }

    [Fact]
    public async Task None_is_left_unanswered_over_the_refusal_of_another()
    {
        Run();
        var slow = new TaskCompletionSource();
        decider.Questions = _ => [new PodsToEvict("node-1"), new JobAsItIs("job-1")];
        bench.Api.Before = call => call.StartsWith("get Pods", StringComparison.Ordinal)
            ? throw ApiAnswer.Refuse(HttpStatusCode.Forbidden, "pods is forbidden")
            : call == "get Job job-1" ? slow.Task : Task.CompletedTask;

        var reconciled = ReconcileAsync();
        Assert.False(reconciled.IsCompleted);
        slow.SetResult();
        await reconciled;

        Assert.Equal("the API server refused to tell the pods of node node-1: pods is forbidden", Stored.Status.Message);
        Assert.Single(bench.Api.Calls, call => call == "get Job job-1");
    }

    [Theory]
    [InlineData(HttpStatusCode.NotFound)]
    [InlineData(HttpStatusCode.Conflict)]
    public async Task A_question_about_what_is_gone_meanwhile_is_asked_anew(HttpStatusCode code)
    {
        Run();
        decider.Questions = _ => [new ReportOfStep(Job)];
        bench.Api.Answer("get Pods", ApiAnswer.Refuse(code, "gone"));

        Assert.Equal(code, (await Assert.ThrowsAsync<HttpOperationException>(ReconcileAsync)).Response.StatusCode);
        Assert.Equal("", Stored.Status.Message);
    }

    [Fact]
    public async Task What_must_not_simply_go_is_held_before_anything_is_decided()
    {
        bench.Known(new PatchRun { Metadata = new V1ObjectMeta { Name = "run-1", Finalizers = ["example.com/other"] } });
        Decide(RunPhase.Running, [], []);

        await ReconcileAsync();

        Assert.Equal(["example.com/other", Finalizers.PatchRun], Stored.Metadata.Finalizers);
        Assert.Equal(["patch PatchRun run-1", "status PatchRun run-1"], bench.Api.Calls);
        Assert.Contains(Finalizers.PatchRun, Assert.Single(decider.Decided).Snapshot.Runs["run-1"]!.Metadata.Finalizers);
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public async Task What_is_deleted_goes_when_a_decision_releases_it(bool released, bool stays)
    {
        Run();
        bench.Store.Delete(PatchRun.KindName, "run-1");
        bench.World.Observe(Stored);
        decider.Decision = run => new Decision<PatchRunStatus> { Status = run.Status, Why = "its nodes are restored", Released = released };

        await ReconcileAsync();

        Assert.Equal(stays, bench.Store.Find<PatchRun>("run-1") is not null);
    }

    [Fact]
    public async Task What_is_not_deleted_does_not_go_though_a_decision_would_let_it()
    {
        Run();
        decider.Decision = run => new Decision<PatchRunStatus> { Status = run.Status, Why = "done", Released = true };

        await ReconcileAsync();

        Assert.Equal([Finalizers.PatchRun], Stored.Metadata.Finalizers);
    }

    [Fact]
    public async Task Our_finalizer_goes_and_those_of_others_stay()
    {
        ReleasedWith([Finalizers.PatchRun, "example.com/other"]);

        await ReconcileAsync();

        Assert.Equal(["example.com/other"], Stored.Metadata.Finalizers);
    }

    [Fact]
    public async Task A_finalizer_that_somebody_else_has_set_meanwhile_is_not_written_over()
    {
        ReleasedWith([Finalizers.PatchRun]);
        bench.Store.Edit(PatchRun.KindName, "run-1", json => json["metadata"]!["finalizers"] = new JsonArray(Finalizers.PatchRun, "example.com/other"));

        Assert.Equal(HttpStatusCode.Conflict, (await Assert.ThrowsAsync<HttpOperationException>(ReconcileAsync)).Response.StatusCode);

        Assert.Equal([Finalizers.PatchRun, "example.com/other"], Stored.Metadata.Finalizers);
    }

    [Fact]
    public async Task A_finalizer_is_not_set_again_on_what_is_on_its_way_out()
    {
        bench.Known(new PatchRun { Metadata = new V1ObjectMeta { Name = "run-1", Finalizers = ["example.com/other"] } });
        bench.Store.Delete(PatchRun.KindName, "run-1");
        bench.World.Observe(Stored);

        await ReconcileAsync();

        Assert.Empty(bench.Api.Calls);
    }

    [Fact]
    public async Task What_is_gone_needs_no_other_look()
    {
        Assert.Null(await ReconcileAsync());
        Assert.Empty(decider.Decided);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData(90, 90)]
    public async Task It_is_looked_at_again_when_the_decision_says(int? seconds, int? expected)
    {
        Run();
        decider.Decision = run => new Decision<PatchRunStatus>
        {
            Status = run.Status,
            Why = "waits",
            WakeUp = seconds is { } wait ? TimeSpan.FromSeconds(wait) : null,
        };

        Assert.Equal(expected is { } later ? TimeSpan.FromSeconds(later) : TimeSpan.MaxValue, await ReconcileAsync());
    }

    [Fact]
    public async Task Decisions_are_made_in_whole_seconds()
    {
        Run();
        bench.Time.Advance(TimeSpan.FromMilliseconds(1999));

        await ReconcileAsync();

        Assert.Equal(OperatorBench.Noon.AddSeconds(1), Assert.Single(decider.Decided).Now);
    }

    [Fact]
    public async Task What_was_written_is_known_to_the_next_decision()
    {
        Run();
        Decide(RunPhase.Running, [], []);
        await ReconcileAsync();
        await ReconcileAsync();

        Assert.Equal(RunPhase.Running, decider.Decided[1].Snapshot.Runs["run-1"]!.Status.Phase);
        Assert.Equal(["status PatchRun run-1"], bench.Api.Calls);
    }

    /// <summary>Each sees what the one before has reserved.</summary>
    [Fact]
    public async Task Of_runs_one_decision_is_made_and_carried_out_at_a_time()
    {
        Run();
        Run(name: "run-2");
        Decide(RunPhase.Running, [], []);
        var release = new TaskCompletionSource();
        bench.Api.Before = _ => release.Task;

        var first = ReconcileAsync();
        var second = reconciler.ReconcileAsync("run-2", CancellationToken.None);
        Assert.Single(decider.Decided);
        Assert.Equal(["status PatchRun run-1"], bench.Api.Calls);
        release.SetResult();
        await Task.WhenAll(first, second);

        Assert.Equal(RunPhase.Running, decider.Decided[1].Snapshot.Runs["run-1"]!.Status.Phase);
    }

    [Fact]
    public async Task One_that_fails_does_not_keep_the_others_waiting()
    {
        Run();
        Run(name: "run-2");
        Decide(RunPhase.Running, [], []);
        bench.Api.Answer("status PatchRun run-1", new HttpRequestException("the connection broke"));

        await Assert.ThrowsAsync<HttpRequestException>(ReconcileAsync);
        await reconciler.ReconcileAsync("run-2", CancellationToken.None).WaitAsync(Eventually.Soon, TimeProvider.System);

        Assert.Equal(RunPhase.Running, bench.Store.Find<PatchRun>("run-2")!.Status.Phase);
    }

    private PatchRun Stored => bench.Store.Find<PatchRun>("run-1")!;

    private void Run(PatchRunStatus? status = null, string name = "run-1") => bench.Known(new PatchRun
    {
        Metadata = new V1ObjectMeta
        {
            Name = name,
            Finalizers = [Finalizers.PatchRun],
            Annotations = new Dictionary<string, string> { ["done"] = "yes" },
        },
        Status = status ?? new PatchRunStatus(),
    });

    // On its way out, and nothing of ours keeps it.
    private void ReleasedWith(List<string> finalizers)
    {
        bench.Known(new PatchRun { Metadata = new V1ObjectMeta { Name = "run-1", Finalizers = finalizers } });
        bench.Store.Delete(PatchRun.KindName, "run-1");
        bench.World.Observe(Stored);
        decider.Decision = run => new Decision<PatchRunStatus> { Status = run.Status, Why = "done", Released = true };
    }

    private void Decide(RunPhase phase, IReadOnlyList<Effect> effects, IReadOnlyList<EngineEvent> events) => decider.Decision = run => new Decision<PatchRunStatus>
    {
        Status = run.Status with { Phase = phase },
        Why = "it begins",
        Effects = effects,
        Events = events,
    };

    private Task<TimeSpan?> ReconcileAsync() => reconciler.ReconcileAsync("run-1", CancellationToken.None);
}
