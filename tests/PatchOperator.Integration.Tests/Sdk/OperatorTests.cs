using k8s;
using k8s.Models;
using KubeOps.Abstractions.Builder;
using KubeOps.Abstractions.Events;
using KubeOps.Abstractions.Reconciliation;
using KubeOps.KubernetesClient;

namespace PatchOperator.Integration.Tests.Sdk;

/// <summary>What an operator can rely on: every object gets its turn, one at a time, until it succeeds.</summary>
public sealed class OperatorTests(ApiServerFixture api) : IClassFixture<ApiServerFixture>, IAsyncLifetime
{
    private string ns = string.Empty;

    public async Task InitializeAsync()
    {
        await Widget.InstallAsync(api.Kubernetes);
        ns = await api.CreateNamespaceAsync("widgets");
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Objects_that_were_there_and_objects_that_come_are_reconciled()
    {
        var script = new WidgetScript();
        using var outside = new Outside(api, ns);
        await outside.CreateAsync("old");
        await using var widgets = await StartAsync(script);
        await outside.CreateAsync("new");

        await Eventually.TrueAsync(() => script.CountOf("old") > 0 && script.CountOf("new") > 0, "both are reconciled");
    }

    [Fact]
    public async Task A_change_of_the_spec_is_reconciled_and_a_change_of_the_status_is_not()
    {
        var script = new WidgetScript();
        await using var widgets = await StartAsync(script);
        var created = await widgets.Client.CreateAsync(Widget.Named("a", ns));
        await Eventually.TrueAsync(() => script.CountOf("a") == 1, "it is reconciled");

        created.Status.Word = "hello";
        var written = await widgets.Client.UpdateStatusAsync(created);
        written.Spec.Size = 2;
        await widgets.Client.UpdateAsync(written);
        await Eventually.TrueAsync(() => script.Reconciled.Any(widget => widget.Spec.Size == 2), "it is reconciled again");

        Assert.Equal("hello", script.Reconciled.Last().Status.Word);
        Assert.Equal(2, script.CountOf("a"));
    }

    [Fact]
    public async Task Many_wishes_for_one_object_become_few_reconciles()
    {
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var script = new WidgetScript
        {
            OnReconcile = async (widget, token) =>
            {
                await release.Task.WaitAsync(token);
                return ReconciliationResult<Widget>.Success(widget);
            },
        };
        await using var widgets = await StartAsync(script);
        var created = await widgets.Client.CreateAsync(Widget.Named("a", ns));
        await Eventually.TrueAsync(() => script.CountOf("a") == 1, "the first has begun");

        for (var i = 0; i < 100; i++)
            Assert.True(await widgets.EnqueueAsync(created, TimeSpan.Zero));
        release.SetResult();

        await Eventually.TrueAsync(() => script.CountOf("a") >= 2, "wishes during a reconcile lead to another");
        await widgets.Client.CreateAsync(Widget.Named("mark", ns));
        await Eventually.TrueAsync(() => script.CountOf("mark") == 1, "the queue is empty");
        Assert.InRange(script.CountOf("a"), 2, 4);
        Assert.False(script.Overlapped);
    }

    [Fact]
    public async Task The_earliest_time_counts()
    {
        var script = new WidgetScript();
        await using var widgets = await StartAsync(script);
        var created = await widgets.Client.CreateAsync(Widget.Named("a", ns));
        await Eventually.TrueAsync(() => script.CountOf("a") == 1, "it is reconciled");

        await widgets.EnqueueAsync(created, TimeSpan.FromHours(1));
        await widgets.EnqueueAsync(created, TimeSpan.FromMilliseconds(100));
        await widgets.EnqueueAsync(created, TimeSpan.FromHours(2));

        await Eventually.TrueAsync(() => script.CountOf("a") == 2, "it is reconciled soon");
    }

    [Fact]
    public async Task Each_reconcile_sees_the_object_as_it_is()
    {
        var script = new WidgetScript();
        await using var widgets = await StartAsync(script);
        var created = await widgets.Client.CreateAsync(Widget.Named("a", ns));
        await Eventually.TrueAsync(() => script.CountOf("a") == 1, "it is reconciled");

        created.Spec.Size = 99; // in memory only
        await widgets.EnqueueAsync(created, TimeSpan.Zero);

        await Eventually.TrueAsync(() => script.CountOf("a") == 2, "it is reconciled again");
        Assert.Equal(1, script.Reconciled.Last().Spec.Size);
    }

    [Fact]
    public async Task An_object_that_is_gone_is_left_alone()
    {
        var script = new WidgetScript();
        await using var widgets = await StartAsync(script);

        var nobody = Widget.Named("nobody", ns);
        nobody.Metadata.Uid = "1";
        await widgets.EnqueueAsync(nobody, TimeSpan.Zero);
        await widgets.Client.CreateAsync(Widget.Named("mark", ns));

        await Eventually.TrueAsync(() => script.CountOf("mark") == 1, "the other is reconciled");
        Assert.Equal(0, script.CountOf("nobody"));
    }

    [Fact]
    public async Task An_exception_is_tried_again_until_it_goes_well()
    {
        var tries = 0;
        var script = new WidgetScript
        {
            OnReconcile = (widget, _) => Interlocked.Increment(ref tries) <= 7
                ? throw new InvalidOperationException("not yet")
                : Task.FromResult(ReconciliationResult<Widget>.Success(widget)),
        };
        await using var widgets = await StartAsync(script);

        await widgets.Client.CreateAsync(Widget.Named("a", ns));

        await Eventually.TrueAsync(() => tries == 8, "the eighth try");
        Assert.False(script.Overlapped);
    }

    [Fact]
    public async Task An_object_is_not_dropped_after_many_failures()
    {
        if (!Standin.InUse)
            return;

        var tries = 0;
        var script = new WidgetScript { OnReconcile = (_, _) => throw new InvalidOperationException($"try {Interlocked.Increment(ref tries)}") };
        await using var widgets = await StartAsync(script, settings => settings.ParallelReconciliation.WithMaxErrorRetries(2));

        await widgets.Client.CreateAsync(Widget.Named("a", ns));

        await Eventually.TrueAsync(() => tries > 6, "more tries than allowed");
    }

    [Fact]
    public async Task A_failure_without_a_time_is_tried_again()
    {
        if (!Standin.InUse)
            return;

        var script = new WidgetScript { OnReconcile = (widget, _) => Task.FromResult(ReconciliationResult<Widget>.Failure(widget, "no")) };
        await using var widgets = await StartAsync(script);

        await widgets.Client.CreateAsync(Widget.Named("a", ns));

        await Eventually.TrueAsync(() => script.CountOf("a") >= 3, "three tries");
    }

    [Fact]
    public async Task A_result_can_ask_to_look_again()
    {
        var script = new WidgetScript
        {
            OnReconcile = (widget, _) => Task.FromResult(ReconciliationResult<Widget>.Success(widget, TimeSpan.FromMilliseconds(50))),
        };
        await using var widgets = await StartAsync(script);

        await widgets.Client.CreateAsync(Widget.Named("a", ns));

        await Eventually.TrueAsync(() => script.CountOf("a") >= 3, "it is looked at again and again");
        Assert.False(script.Overlapped);
    }

    [Fact]
    public async Task Finalizers_are_attached_run_until_they_succeed_and_let_go()
    {
        var tries = 0;
        var script = new WidgetScript
        {
            OnFinalize = (widget, _) => Interlocked.Increment(ref tries) == 1
                ? throw new InvalidOperationException("not yet")
                : Task.FromResult(ReconciliationResult<Widget>.Success(widget)),
        };
        await using var widgets = await StartAsync(script, finalizer: true);
        await widgets.Client.CreateAsync(Widget.Named("a", ns));
        await Eventually.TrueAsync(() => script.CountOf("a") > 0, "it is reconciled");
        Assert.Equal(["sdk.test.patchop.dev/widgetfinalizer"], script.Reconciled.First().Finalizers());

        await widgets.Client.DeleteAsync<Widget>("a", ns);

        await Eventually.TrueAsync(async () => await widgets.Client.GetAsync<Widget>("a", ns) is null, "it is gone");
        Assert.Equal(2, script.Finalized.Count);
        await Eventually.TrueAsync(() => script.Deletions.Count == 1, "the controller hears of it");
    }

    [Fact]
    public async Task A_finalizer_of_somebody_else_is_waited_for()
    {
        var script = new WidgetScript();
        await using var widgets = await StartAsync(script, finalizer: true);
        var widget = Widget.Named("a", ns);
        widget.AddFinalizer("sdk.test.patchop.dev/other");
        await widgets.Client.CreateAsync(widget);
        await Eventually.TrueAsync(() => script.CountOf("a") > 0, "it is reconciled");
        await widgets.Client.DeleteAsync<Widget>("a", ns);

        var held = await widgets.Client.GetAsync<Widget>("a", ns);
        Assert.Empty(script.Finalized);
        Assert.NotNull(held!.DeletionTimestamp());

        await widgets.Client.PatchAsync<Widget>(
            new V1Patch("""[{"op":"remove","path":"/metadata/finalizers/0"}]""", V1Patch.PatchType.JsonPatch), "a", ns);
        await Eventually.TrueAsync(async () => await widgets.Client.GetAsync<Widget>("a", ns) is null, "it is gone");
        Assert.Single(script.Finalized);
    }

    [Fact]
    public async Task A_cut_connection_does_not_stop_the_operator()
    {
        await using var proxy = new TcpProxy(api.Configuration().Host);
        var script = new WidgetScript();
        using var outside = new Outside(api, ns);
        await using var widgets = await WidgetOperator.StartAsync(proxy.Redirect(api.Configuration()), ns, script);
        await outside.CreateAsync("before");
        await Eventually.TrueAsync(() => script.CountOf("before") > 0, "it works");

        proxy.Refuse();
        await outside.CreateAsync("meanwhile");
        proxy.Accept();
        await outside.CreateAsync("after");

        await Eventually.TrueAsync(
            () => script.CountOf("meanwhile") > 0 && script.CountOf("after") > 0, "it goes on", TimeSpan.FromMinutes(2));
    }

    [Fact]
    public async Task Losing_leadership_cancels_the_work_at_once_and_the_next_leader_does_it()
    {
        await using var proxy = new TcpProxy(api.Configuration().Host);
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var script = new WidgetScript
        {
            OnReconcile = async (widget, token) =>
            {
                await using var registration = token.Register(() => cancelled.TrySetResult());
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
                return ReconciliationResult<Widget>.Success(widget);
            },
        };
        await using var first = await WidgetOperator.StartAsync(proxy.Redirect(api.Configuration()), ns, script, Elect);
        using var outside = new Outside(api, ns);
        await outside.CreateAsync("a");
        await Eventually.TrueAsync(() => script.CountOf("a") == 1, "the first works on it");

        proxy.Refuse();
        await cancelled.Task.WaitAsync(Eventually.Soon);

        if (!Standin.InUse)
            return; // both would call themselves by the name of this machine

        Assert.False(await first.EnqueueAsync(Widget.Named("a", ns), TimeSpan.Zero));
        var next = new WidgetScript();
        await using var second = await WidgetOperator.StartAsync(api.Configuration(), ns, next, Elect);
        await Eventually.TrueAsync(() => next.CountOf("a") > 0, "the second does it");
    }

    [Fact]
    public async Task The_same_event_twice_is_one_event_with_a_count()
    {
        await using var widgets = await StartAsync(new WidgetScript());
        var widget = await widgets.Client.CreateAsync(Widget.Named("a", ns));
        var publish = widgets.Service<EventPublisher>();

        await publish(widget, "Why", "because", EventType.Warning);
        await publish(widget, "Why", "because", EventType.Warning);
        await publish(widget, "Else", "just so");

        var events = (await api.Kubernetes.CoreV1.ListNamespacedEventAsync(ns)).Items;
        Assert.Equal(2, events.Count);
        var counted = events.Single(item => item.Reason == "Why");
        Assert.Equal((2, "Warning", "because"), (counted.Count, counted.Type, counted.Message));
        Assert.Equal(widget.Uid(), counted.InvolvedObject.Uid);
        Assert.Equal("widgets", counted.Source.Component);
    }

    private static void Elect(OperatorSettingsBuilder settings) => settings
        .WithLeaderElection(LeaderElectionType.Single)
        .WithLeaderElectionTimings(TimeSpan.FromSeconds(6), TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(0.5));

    private Task<WidgetOperator> StartAsync(
        WidgetScript script, Action<OperatorSettingsBuilder>? configure = null, bool finalizer = false) =>
        WidgetOperator.StartAsync(api.Configuration(), ns, script, configure, finalizer);

    /// <summary>Somebody else in the cluster.</summary>
    private sealed class Outside(ApiServerFixture api, string ns) : IDisposable
    {
        private readonly KubernetesClient client = new(api.Configuration());

        internal Task<Widget> CreateAsync(string name) => client.CreateAsync(Widget.Named(name, ns));

        public void Dispose() => client.Dispose();
    }
}
