using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using PatchOperator.Metrics;
using PatchOperator.Queues;
using PatchOperator.Reconciling;
using PatchOperator.Tests.Simulation;

namespace PatchOperator.Tests.Reconciling;

/// <summary>Every way a reconcile can end leads to another look.</summary>
public sealed class WorkersTests : IDisposable
{
    private static readonly ObjectKey Key = new(ScriptedReconciler.KindName, "node-1");
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(50);

    private readonly ScriptedReconciler reconciler = new();
    private readonly OperatorBench bench = new();
    private readonly WorkQueue queue;
    private readonly Workers workers;

    public WorkersTests()
    {
        queue = bench.Get<WorkQueue>();
        queue.Open();
        workers = new Workers(queue, [reconciler], bench.Get<ReconcileMetrics>(), bench.Time, NullLogger<Workers>.Instance);
    }

    public void Dispose() => bench.Dispose();

    [Theory]
    [InlineData(90.0, 90.05)]
    [InlineData(0.0, 0.05)]
    [InlineData(-5.0, 0.05)]
    [InlineData(3599.0, 3599.05)]
    [InlineData(7200.0, 3600.0)]
    public async Task After_what_the_decision_asks_for_and_within_an_hour(double asked, double seconds)
    {
        reconciler.Work = _ => Task.FromResult<TimeSpan?>(TimeSpan.FromSeconds(asked));

        Assert.Equal(TimeSpan.FromSeconds(seconds), await WakeUpAsync());
    }

    [Fact]
    public async Task Where_only_a_change_can_matter_within_an_hour_too()
    {
        reconciler.Work = _ => Task.FromResult<TimeSpan?>(TimeSpan.MaxValue);

        Assert.Equal(TimeSpan.FromHours(1), await WakeUpAsync());
    }

    [Fact]
    public async Task What_is_gone_is_not_looked_at_again()
    {
        reconciler.Work = _ => Task.FromResult<TimeSpan?>(null);

        Assert.Null(await WakeUpAsync());
    }

    [Theory]
    [InlineData(HttpStatusCode.Conflict)]
    [InlineData(HttpStatusCode.NotFound)]
    public async Task At_once_where_somebody_else_was_faster_however_often(HttpStatusCode code)
    {
        reconciler.Work = _ => throw ApiAnswer.Refuse(code, "somebody else was faster");

        for (var times = 0; times < 5; times++)
            Assert.Equal(TimeSpan.FromMilliseconds(500), await WakeUpAsync());
    }

    public static TheoryData<string, Exception> Failures => new()
    {
        { "an answer", ApiAnswer.Refuse(HttpStatusCode.InternalServerError, "etcd has no leader") },
        { "no answer", new HttpRequestException("the connection broke") },
        { "an answer that did not come in time", new TaskCanceledException("the request took too long") },
        { "a fault of our own", new InvalidOperationException("no Job can end like that") },
    };

    [Theory, MemberData(nameof(Failures))]
    public async Task Ever_later_after_failures_and_as_before_after_a_success(string what, Exception failure)
    {
        reconciler.Work = _ => throw failure;
        var pauses = new List<double>();
        for (var times = 0; times < 11; times++)
            pauses.Add((await WakeUpAsync())!.Value.TotalSeconds);
        Assert.True(pauses.SequenceEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]), $"{what}: {string.Join(", ", pauses)}");

        reconciler.Work = _ => Task.FromResult<TimeSpan?>(TimeSpan.Zero);
        Assert.Equal(Moment, await WakeUpAsync());
        reconciler.Work = _ => throw failure;
        Assert.Equal(TimeSpan.FromSeconds(1), await WakeUpAsync());
    }

    [Fact]
    public async Task Failures_of_one_object_are_not_those_of_another()
    {
        reconciler.Work = _ => throw new HttpRequestException("the connection broke");
        await WakeUpAsync();
        await WakeUpAsync();

        Assert.Equal(TimeSpan.FromSeconds(1), await workers.WakeUpAsync(Key with { Name = "node-2" }, CancellationToken.None));
        Assert.Equal(TimeSpan.FromSeconds(4), await WakeUpAsync());
    }

    [Fact]
    public async Task Whoever_does_not_lead_any_more_looks_at_nothing_again()
    {
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        reconciler.Work = _ => throw new HttpRequestException("cut off");

        Assert.Null(await workers.WakeUpAsync(Key, stop.Token));
    }

    [Fact]
    public async Task An_object_is_worked_on_by_one_at_a_time_and_others_meanwhile()
    {
        var release = new TaskCompletionSource();
        reconciler.Work = async name =>
        {
            if (name == "node-1")
                await release.Task;
            return TimeSpan.MaxValue;
        };
        using var stop = new CancellationTokenSource();
        var running = workers.RunAsync(stop.Token);

        queue.Enqueue(new Wish(Key));
        await Eventually.TrueAsync(() => reconciler.Names.Count == 1, "the first is worked on");
        queue.Enqueue(new Wish(Key));
        queue.Enqueue(new Wish(Key with { Name = "node-2" }));
        await Eventually.TrueAsync(() => reconciler.Names.Count == 2, "another is worked on");
        Assert.Equal(["node-1", "node-2"], reconciler.Names);
        release.SetResult();
        await Eventually.TrueAsync(() => reconciler.Names.Count == 3, "the first comes again");

        Assert.Equal("node-1", reconciler.Names[2]);
        await stop.CancelAsync();
        await running;
    }

    [Fact]
    public async Task What_has_failed_comes_again_by_itself()
    {
        reconciler.Work = _ => throw new HttpRequestException("the connection broke");
        using var stop = new CancellationTokenSource();
        var running = workers.RunAsync(stop.Token);

        queue.Enqueue(new Wish(Key));
        await Eventually.TrueAsync(() => reconciler.Names.Count == 1, "it is worked on");
        await Eventually.TrueAsync(
            () =>
            {
                bench.Time.Advance(TimeSpan.FromMilliseconds(100));
                return reconciler.Names.Count >= 3;
            },
            "it comes again and again");

        await stop.CancelAsync();
        await running;
    }

    [Fact]
    public async Task As_many_are_worked_on_at_the_same_time_as_there_are_workers_and_no_more()
    {
        var release = new TaskCompletionSource();
        reconciler.Work = async _ =>
        {
            await release.Task;
            return null;
        };
        foreach (var number in Enumerable.Range(1, Workers.AtOnce + 4))
            queue.Enqueue(new Wish(Key with { Name = $"node-{number}" }));
        using var stop = new CancellationTokenSource();
        var running = workers.RunAsync(stop.Token);

        await Eventually.TrueAsync(() => reconciler.Names.Count == Workers.AtOnce, "all workers are at work");
        Assert.Equal(4, queue.Length(Key.Kind));
        release.SetResult();
        await Eventually.TrueAsync(() => reconciler.Names.Count == Workers.AtOnce + 4, "the rest is worked on");

        await stop.CancelAsync();
        await running;
    }

    [Fact]
    public async Task Stopped_it_waits_for_what_is_under_way()
    {
        var release = new TaskCompletionSource();
        reconciler.Work = async _ =>
        {
            await release.Task;
            return TimeSpan.Zero;
        };
        using var stop = new CancellationTokenSource();
        var running = workers.RunAsync(stop.Token);
        queue.Enqueue(new Wish(Key));
        await Eventually.TrueAsync(() => reconciler.Names.Count == 1, "it is worked on");

        await stop.CancelAsync();
        for (var turn = 0; turn < 100; turn++)
            await Task.Run(() => { });
        Assert.False(running.IsCompleted);
        release.SetResult();

        await running.WaitAsync(Eventually.Soon, TimeProvider.System);
    }

    private Task<TimeSpan?> WakeUpAsync() => workers.WakeUpAsync(Key, CancellationToken.None);
}
