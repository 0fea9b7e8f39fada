using Microsoft.Extensions.Time.Testing;
using PatchOperator.Queues;

namespace PatchOperator.Tests.Queues;

public sealed class WorkQueueTests : IDisposable
{
    private static readonly ObjectKey Node = new("NodePatch", "node-1");
    private static readonly ObjectKey Run = new("PatchRun", "run-1");
    private static readonly ObjectKey Policy = new("PatchPolicy", "workers");

    // Timers may fire a moment early, so the queue waits a moment longer.
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly FakeTimeProvider time = new();
    private readonly WorkQueue queue;

    public WorkQueueTests()
    {
        queue = new WorkQueue(time);
        queue.Open();
    }

    public void Dispose() => queue.Dispose();

    [Fact]
    public void What_is_due_comes_in_the_order_of_its_times()
    {
        Wish(Node, 3);
        Wish(Run, 1);
        Wish(Policy, 2);
        time.Advance(TimeSpan.FromSeconds(3));

        Assert.Equal([Run, Policy, Node], TakeAll());
    }

    [Fact]
    public void Of_what_is_due_the_urgent_comes_first()
    {
        Wish(Policy, 0);
        Wish(Node, 1);
        Wish(Run, 2, urgent: true);
        time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal([Run, Policy, Node], TakeAll());
    }

    [Fact]
    public void What_is_urgent_and_not_due_yet_keeps_nobody_waiting()
    {
        Wish(Run, 2, urgent: true);
        Wish(Policy, 0);

        Assert.Equal([Policy], TakeAll());
    }

    [Theory]
    [InlineData(10, 5)]
    [InlineData(5, 10)]
    public void Of_several_wishes_for_an_object_the_earliest_counts_and_it_comes_once(int first, int second)
    {
        Wish(Node, first);
        Wish(Node, second);

        time.Advance(TimeSpan.FromSeconds(5) - Moment);
        Assert.Empty(TakeAll());
        time.Advance(Moment);
        Assert.Equal([Node], TakeAll());
        time.Advance(TimeSpan.FromSeconds(10));
        Assert.Empty(TakeAll());
    }

    [Fact]
    public void An_urgent_wish_makes_one_that_waits_urgent_at_the_time_it_had()
    {
        Wish(Policy, 0);
        Wish(Node, 1);
        Wish(Node, 60, urgent: true);
        time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal([Node, Policy], TakeAll());
    }

    [Fact]
    public void An_ordinary_wish_makes_nothing_less_urgent()
    {
        Wish(Policy, 0);
        Wish(Node, 60, urgent: true);
        Wish(Node, 1);
        time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal([Node, Policy], TakeAll());
    }

    [Fact]
    public void An_object_that_is_wanted_again_while_it_is_worked_on_comes_once_more_and_not_before_the_end()
    {
        Wish(Node, 0);
        Assert.Equal(Node, Take());

        Wish(Node, 0);
        Wish(Node, 0, urgent: true);
        Assert.Null(Take());
        queue.GiveBack(Node);

        Assert.Equal(Node, Take());
        queue.GiveBack(Node);
        Assert.Null(Take());
    }

    [Fact]
    public void A_wish_from_before_its_time_waits_for_the_end_of_the_work_too()
    {
        Wish(Node, 0);
        Assert.Equal(Node, Take());
        Wish(Node, 5);
        time.Advance(TimeSpan.FromSeconds(5));
        Assert.Null(Take());

        queue.GiveBack(Node);

        Assert.Equal(Node, Take());
    }

    [Fact]
    public void What_was_given_back_and_is_to_come_later_comes_later()
    {
        Wish(Node, 0);
        Assert.Equal(Node, Take());
        Wish(Node, 5);
        queue.GiveBack(Node);

        Assert.Null(Take());
        time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(Node, Take());
    }

    [Fact]
    public void Others_come_while_one_is_worked_on()
    {
        Wish(Node, 0);
        Assert.Equal(Node, Take());
        Wish(Run, 0);

        Assert.Equal(Run, Take());
    }

    [Fact]
    public async Task Who_waits_hears_of_a_wish_at_once()
    {
        var waiting = queue.TakeAsync(CancellationToken.None);
        Wish(Node, 0);

        Assert.Equal((Node, TimeSpan.Zero), await waiting.WaitAsync(Patience, TimeProvider.System));
    }

    [Fact]
    public async Task Who_waits_hears_when_the_time_has_come_also_of_a_wish_that_overtakes()
    {
        Wish(Node, 60);
        var waiting = queue.TakeAsync(CancellationToken.None);
        Wish(Run, 5);
        await Eventually.TrueAsync(
            () =>
            {
                time.Advance(TimeSpan.FromMilliseconds(100));
                return waiting.IsCompleted;
            },
            "the time comes");

        Assert.Equal(Run, (await waiting).Key);
    }

    [Fact]
    public async Task Who_waits_hears_of_what_is_given_back_and_is_due()
    {
        Wish(Node, 0);
        Assert.Equal(Node, Take());
        Wish(Node, 0);
        var waiting = queue.TakeAsync(CancellationToken.None);
        queue.GiveBack(Node);

        Assert.Equal(Node, (await waiting.WaitAsync(Patience, TimeProvider.System)).Key);
    }

    [Fact]
    public async Task Two_who_wait_get_one_object_each()
    {
        var waiting = new[] { queue.TakeAsync(CancellationToken.None), queue.TakeAsync(CancellationToken.None) };
        Wish(Node, 0);
        Wish(Run, 0);

        var taken = await Task.WhenAll(waiting).WaitAsync(Patience, TimeProvider.System);

        Assert.Equal([Node, Run], taken.Select(one => one.Key).OrderBy(key => key.Kind, StringComparer.Ordinal));
    }

    [Fact]
    public async Task It_is_told_for_how_long_an_object_was_due()
    {
        Wish(Node, 5);
        time.Advance(TimeSpan.FromSeconds(12));

        Assert.Equal((Node, TimeSpan.FromSeconds(7)), await queue.TakeAsync(CancellationToken.None).WaitAsync(Patience, TimeProvider.System));
    }

    [Fact]
    public void A_wish_for_the_end_of_time_waits_and_an_earlier_one_still_counts()
    {
        queue.Enqueue(new Wish(Node, TimeSpan.MaxValue));
        Assert.Null(Take());
        time.Advance(TimeSpan.FromDays(400));
        Assert.Null(Take());

        Wish(Node, 0);

        Assert.Equal(Node, Take());
    }

    [Fact]
    public void A_time_that_is_over_is_now_and_gives_no_advantage()
    {
        Wish(Run, 0);
        time.Advance(TimeSpan.FromSeconds(1));
        Wish(Node, -60);

        Assert.Equal([Run, Node], TakeAll());
    }

    [Fact]
    public void Only_what_is_due_and_waits_counts_as_waiting()
    {
        Wish(Node, 0);
        Wish(Node with { Name = "node-2" }, 0);
        Wish(Node with { Name = "node-3" }, 1);
        Wish(Run, 0);

        Assert.Equal((2, 1, 0), (queue.Length("NodePatch"), queue.Length("PatchRun"), queue.Length("PatchPolicy")));
        Take();
        Assert.Equal(1, queue.Length("NodePatch"));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(2, queue.Length("NodePatch"));
    }

    [Fact]
    public void Closed_it_forgets_everything_and_takes_nothing_until_it_is_opened()
    {
        Wish(Node, 0);
        Wish(Run, 5, urgent: true);
        queue.Close();
        Wish(Policy, 0);
        queue.Open();
        time.Advance(TimeSpan.FromSeconds(5));

        Assert.Empty(TakeAll());
        Wish(Node, 0);
        Assert.Equal([Node], TakeAll());
    }

    [Fact]
    public void Nothing_is_taken_before_it_is_opened()
    {
        using var unopened = new WorkQueue(time);
        unopened.Enqueue(new Wish(Node));

        Assert.Equal(0, unopened.Length(Node.Kind));
    }

    /// <summary>The work of the leadership before goes on for a moment: its object must not be handed out a second time.</summary>
    [Fact]
    public void Closing_does_not_forget_what_is_being_worked_on()
    {
        Wish(Node, 0);
        Assert.Equal(Node, Take());
        queue.Close();
        queue.Open();
        Wish(Node, 0);

        Assert.Null(Take());
        queue.GiveBack(Node);
        Assert.Equal(Node, Take());
    }

    [Fact]
    public async Task Who_waits_can_be_stopped_and_takes_nothing_along()
    {
        using var stop = new CancellationTokenSource();
        var waiting = queue.TakeAsync(stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WaitAsync(Patience, TimeProvider.System));

        Wish(Node, 0);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => queue.TakeAsync(stop.Token));

        Assert.Equal(Node, Take());
    }

    private void Wish(ObjectKey key, int seconds, bool urgent = false) => queue.Enqueue(new Wish(key, TimeSpan.FromSeconds(seconds), urgent));

    /// <summary>What is due now, if anything is: that is known before the call returns.</summary>
    private ObjectKey? Take()
    {
        using var stop = new CancellationTokenSource();
        var taken = queue.TakeAsync(stop.Token);
        if (taken.IsCompletedSuccessfully)
            return taken.Result.Key;
        stop.Cancel();
        return null;
    }

    private List<ObjectKey> TakeAll()
    {
        var all = new List<ObjectKey>();
        while (Take() is { } key)
            all.Add(key);
        return all;
    }
}
