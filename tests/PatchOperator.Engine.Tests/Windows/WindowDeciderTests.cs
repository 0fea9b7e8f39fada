using k8s.Models;
using PatchOperator.Api;
using PatchOperator.Engine.Decisions;
using PatchOperator.Engine.Windows;
using PatchOperator.Engine.World;
using static PatchOperator.Engine.Tests.Given;

namespace PatchOperator.Engine.Tests.Windows;

public class WindowDeciderTests
{
    public static TheoryData<string, string[], string, TimeSpan> States => new()
    {
        {
            "0 11 * * *", ["Ready True Accepted", "Reconciling False UpToDate", "Stalled False UpToDate", $"Open True {Reasons.WindowOpen}"], "open",
            TimeSpan.FromHours(1)
        },
        {
            "0 15 * * *", [$"Ready True {Reasons.Accepted}", "Reconciling False UpToDate", "Stalled False UpToDate", $"Open False {Reasons.WindowClosed}"], "closed",
            TimeSpan.FromHours(3)
        },
    };

    [Theory, MemberData(nameof(States))]
    public void A_valid_window_says_whether_it_is_open_and_is_looked_at_when_that_changes(string cron, string[] conditions, string why, TimeSpan wakeUp)
    {
        var decision = Decide(Window(cron));

        Assert.Equal(conditions, decision.Status.Conditions.Select(condition => $"{condition.Type} {condition.Status} {condition.Reason}"));
        Assert.Equal((why, wakeUp, 7L), (decision.Why, decision.WakeUp, decision.Status.ObservedGeneration));
        Assert.Empty(decision.Effects);
        Assert.Empty(decision.Events);
    }

    [Fact]
    public void While_it_is_open_its_opening_is_told_and_the_next_ones_always()
    {
        var open = Decide(Window("0 11 * * *")).Status;
        var closed = Decide(Window("0 15 * * *")).Status;

        Assert.Equal(new WindowOpening { OpensAt = Noon.AddHours(-1), ClosesAt = Noon.AddHours(1) }, open.Current);
        Assert.Equal(Noon.AddHours(23), open.Upcoming[0].OpensAt);
        Assert.Null(closed.Current);
        Assert.Equal(new WindowOpening { OpensAt = Noon.AddHours(3), ClosesAt = Noon.AddHours(5) }, closed.Upcoming[0]);
        Assert.All([open, closed], status => Assert.Equal(Limits.UpcomingOpenings, status.Upcoming.Count));
    }

    [Fact]
    public void An_invalid_window_never_opens_says_why_and_waits_for_an_edit()
    {
        var decision = Decide(Window("at night"));

        Assert.Equal(
            ["Ready False", "Reconciling False", "Stalled True", "Open False"], decision.Status.Conditions.Select(condition => $"{condition.Type} {condition.Status}"));
        Assert.All(decision.Status.Conditions, condition => Assert.Equal(Reasons.InvalidSpec, condition.Reason));
        Assert.StartsWith("spec.schedules[0]", decision.Status.Conditions[0].Message, StringComparison.Ordinal);
        Assert.Equal((null, null, 0), (decision.WakeUp, decision.Status.Current, decision.Status.Upcoming.Count));
    }

    [Fact]
    public void A_condition_that_stays_keeps_its_time_and_one_that_changes_has_that_of_the_change()
    {
        var window = Window("0 11 * * *");
        window.Status = Decide(window).Status;

        var later = Decide(window, Noon.AddHours(2)).Status.Conditions.ToDictionary(condition => condition.Type, condition => condition.LastTransitionTime);

        Assert.Equal((Noon, Noon.AddHours(2)), (later[ConditionTypes.Ready], later[ConditionTypes.Open]));
    }

    [Fact]
    public void Nothing_is_asked_and_nothing_can_be_refused()
    {
        var (decider, window) = (new WindowDecider(), Window("0 11 * * *"));

        Assert.Empty(decider.Ask(window, Snapshot.Empty, Answers.None, Noon));
        Assert.Throws<InvalidOperationException>(() => decider.Refused(window, Snapshot.Empty, new Refusal(null, "no"), Noon));
    }

    private static Decision<PatchWindowStatus> Decide(PatchWindow window, DateTimeOffset? now = null) =>
        new WindowDecider().Decide(window, Snapshot.Empty.WithWindow("nightly", window), Answers.None, now ?? Noon);

    private static PatchWindow Window(string cron) => new()
    {
        Metadata = new V1ObjectMeta { Name = "nightly", Uid = "nightly", Generation = 7 },
        Spec = new PatchWindowSpec { Schedules = [new WindowSchedule { Cron = cron }], Duration = "2h" },
    };
}
