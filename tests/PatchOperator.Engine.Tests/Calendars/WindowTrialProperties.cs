using FsCheck;
using FsCheck.Fluent;
using PatchOperator.Api;
using PatchOperator.Engine.Calendars;

namespace PatchOperator.Engine.Tests.Calendars;

public class WindowTrialProperties
{
    [Fact]
    public void The_state_agrees_with_looking_at_the_clock_every_minute() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(200), Prop.ForAll(WindowTrial.Arbitrary, trial => Agree(trial, trial.Calendar())));

    /// <summary>A window that goes by the clocks of nodes is in each zone what one of that zone would be.</summary>
    [Fact]
    public void So_it_does_by_the_clocks_of_each_node() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(100), Prop.ForAll(WindowTrial.Arbitrary, WindowTrial.Zones, (trial, zone) =>
            Agree(trial.In(zone), (trial with { Spec = trial.Spec with { Timing = WindowTiming.NodeLocal } }).Calendar().In(TimeZones.Canonical(zone)!))));

    /// <summary>What begins on one local date is one opening, from the first zone to the last.</summary>
    [Fact]
    public void Openings_by_local_time_agree_with_looking_at_the_clocks_of_all_zones() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(100), Prop.ForAll(WindowTrial.Arbitrary, trial =>
        {
            var plain = trial with { Spec = trial.Spec with { Timing = WindowTiming.NodeLocal, Blackouts = [], ValidFrom = null, ValidUntil = null } };
            string[] zones = [plain.Spec.TimeZone, "Pacific/Auckland", "America/New_York"];
            var window = new LocalWindow(plain.Calendar(), zones, plain.Now);
            var edge = TimeSpan.FromMinutes(WindowTrial.Minutes) - Durations.Parse(plain.Spec.Duration) - TimeSpan.FromDays(2);
            var expected = zones.Distinct()
                .SelectMany(zone => plain.In(zone).Openings().Select(opening => (Day: WindowTrial.DateIn(zone, opening.OpensAt), Opening: opening)))
                .GroupBy(opening => opening.Day, opening => opening.Opening)
                .Select(day => new LocalOpening(day.Key, new Opening(day.Min(opening => opening.OpensAt), day.Max(opening => opening.ClosesAt))))
                .Where(opening => opening.Opening.OpensAt <= plain.Now && opening.Opening.ClosesAt > plain.Now)
                .OrderBy(opening => opening.Day, StringComparer.Ordinal)
                .ToList();
            if (expected.All(opening => opening.Opening.OpensAt > plain.Now - edge && opening.Opening.ClosesAt < plain.Now + edge) && !window.Lasting.Any(opening => IsCut(opening.Opening)))
                Assert.Equal(expected, window.Lasting);
        }));

    private static void Agree(WindowTrial trial, WindowCalendar calendar)
    {
        var openings = trial.Openings();
        // An opening that is not seen whole cannot be compared.
        var edge = TimeSpan.FromMinutes(WindowTrial.Minutes) - Durations.Parse(trial.Spec.Duration);
        bool IsWhole(Opening opening) => opening.OpensAt > trial.Now - edge && opening.ClosesAt < trial.Now + edge;
        var state = calendar.At(trial.Now);
        var current = openings.Where(opening => opening.OpensAt <= trial.Now && trial.Now < opening.ClosesAt).Cast<Opening?>().SingleOrDefault();
        Assert.Equal(current is not null, state.IsOpen);
        if (current is { } lasting && IsWhole(lasting))
        {
            Assert.Equal(trial.Now < lasting.ClosesAt - Durations.Parse(trial.Spec.Cutoff), state.AcceptsNodes);
            Assert.True(state.Current == lasting || IsCut(state.Current!.Value));
        }

        var expected = openings.Where(opening => opening.OpensAt > trial.Now).TakeWhile(IsWhole).Take(WindowState.MaxUpcoming).ToList();
        var foreseen = state.Upcoming.TakeWhile(opening => !IsCut(opening) && opening.OpensAt < trial.Now + edge && opening.ClosesAt < trial.Now + edge).ToList();
        Assert.Equal(expected.Take(foreseen.Count), foreseen);
        // Nothing is left out, but for what follows an opening without an end in sight.
        Assert.True(foreseen.Count >= expected.Count || IsCut((state.Upcoming.Count > foreseen.Count ? state.Upcoming[foreseen.Count] : state.Current)!.Value));
    }

    // Where starts follow each other so closely that no gap is in sight, an opening is cut at a Monday; see WindowCalendar.At.
    private static bool IsCut(Opening opening) => IsMonday(opening.OpensAt) || IsMonday(opening.ClosesAt);

    private static bool IsMonday(DateTimeOffset time) => time.DayOfWeek == DayOfWeek.Monday && time.TimeOfDay == TimeSpan.Zero;
}
