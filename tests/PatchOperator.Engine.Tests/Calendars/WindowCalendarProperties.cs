using FsCheck;
using FsCheck.Fluent;
using PatchOperator.Engine.Calendars;

namespace PatchOperator.Engine.Tests.Calendars;

public class WindowCalendarProperties
{
    private const int DaysLookedAt = 40;

    /// <summary>As far as <see cref="WindowCalendar.At"/> looks with the durations of the samples.</summary>
    private static readonly TimeSpan _reach = TimeSpan.FromDays(14);

    private static readonly Config _config = Config.QuickThrowOnFailure.WithMaxTest(500);

    [Fact]
    public void The_state_agrees_with_trying_every_start() =>
        Check.One(_config, Prop.ForAll(WindowSample.Arbitrary, sample =>
        {
            var openings = sample.OpeningsByTrial(DaysLookedAt);
            var state = sample.Calendar().At(sample.Now);
            var current = openings.Where(o => o.OpensAt <= sample.Now && sample.Now < o.ClosesAt).Cast<Opening?>().SingleOrDefault();
            if (current is { } found && IsCut(found, sample.Now))
                AssertCut(found, sample, state);
            else
                AssertSame(current, [.. openings.Where(o => o.OpensAt > sample.Now)], sample, state);
        }));

    [Fact]
    public void Nothing_changes_until_the_next_change_and_something_does_then() =>
        Check.One(_config, Prop.ForAll(WindowSample.Arbitrary, Gen.Choose(0, 999).ToArbitrary(), (sample, share) =>
        {
            var calendar = sample.Calendar();
            var now = sample.Now;
            for (var i = 0; i < 6; i++)
            {
                var state = calendar.At(now);
                var change = state.NextChange!.Value;
                AssertAlike(state, calendar.At(now.AddTicks((change - now).Ticks / 1000 * share)));
                AssertAlike(state, calendar.At(change.AddTicks(-1)));
                if (state.Current is { } current && IsCut(current, now))
                    return;
                var changed = calendar.At(change);
                Assert.NotEqual((state.IsOpen, state.AcceptsNodes), (changed.IsOpen, changed.AcceptsNodes));
                now = change;
            }
        }));

    [Fact]
    public void What_was_foreseen_happens() =>
        Check.One(_config, Prop.ForAll(WindowSample.Arbitrary, sample =>
        {
            var calendar = sample.Calendar();
            foreach (var opening in calendar.At(sample.Now).Upcoming)
            {
                Assert.False(calendar.At(opening.OpensAt.AddTicks(-1)).IsOpen);
                Assert.Equal(opening, calendar.At(opening.OpensAt).Current);
            }
        }));

    /// <summary>Whether an opening may have been cut on either side.</summary>
    private static bool IsCut(Opening opening, DateTimeOffset now) =>
        opening.OpensAt < now - _reach || opening.ClosesAt > now + _reach || IsMonday(opening.OpensAt) || IsMonday(opening.ClosesAt);

    private static bool IsMonday(DateTimeOffset time) => time.DayOfWeek == DayOfWeek.Monday && time.TimeOfDay == TimeSpan.Zero;

    private static void AssertCut(Opening whole, WindowSample sample, WindowState state)
    {
        var current = state.Current!.Value;
        Assert.True(state.IsOpen);
        Assert.InRange(current.OpensAt, whole.OpensAt, sample.Now);
        Assert.InRange(current.ClosesAt, sample.Now.AddTicks(1), whole.ClosesAt);
        Assert.Equal(sample.Now < whole.ClosesAt - sample.Cutoff, state.AcceptsNodes);
    }

    private static void AssertSame(Opening? current, List<Opening> following, WindowSample sample, WindowState state)
    {
        Assert.Equal(current, state.Current);
        Assert.Equal(current is not null, state.IsOpen);
        Assert.Equal(current?.ClosesAt - sample.Cutoff, state.LastStart);
        Assert.Equal(sample.Now < state.LastStart, state.AcceptsNodes);
        // The trial does not see the end of what starts late, and an opening that reaches too far is foreseen cut.
        var seen = following.TakeWhile(o => o.ClosesAt < sample.Now.AddDays(DaysLookedAt / 2) && o.ClosesAt - o.OpensAt <= _reach);
        var expected = seen.Take(WindowState.MaxUpcoming).ToList();
        Assert.Equal(expected, state.Upcoming.Take(expected.Count));
    }

    private static void AssertAlike(WindowState expected, WindowState actual)
    {
        Assert.Equal((expected.IsOpen, expected.AcceptsNodes), (actual.IsOpen, actual.AcceptsNodes));
        Assert.True(actual.NextChange >= expected.NextChange);
    }
}
