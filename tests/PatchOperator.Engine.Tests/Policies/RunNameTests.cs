using PatchOperator.Engine.Calendars;
using PatchOperator.Engine.Policies;
using static PatchOperator.Engine.Tests.Given;

namespace PatchOperator.Engine.Tests.Policies;

public class RunNameTests
{
    [Theory]
    [InlineData("workers-20261120", new string[0])]
    [InlineData("workers-20261120", new[] { "workers-20261119", "workers-20261119-2", "others-20261120", "workers-20261120-x" })]
    [InlineData("workers-20261120-2", new[] { "workers-20261120" })]
    [InlineData("workers-20261120-12", new[] { "workers-20261120-11", "workers-20261120-9" })]
    public void A_run_is_named_after_the_day_of_its_window_and_counted_within_it(string name, string[] taken) =>
        Assert.Equal(name, RunName.Next("workers", taken, new Opening(Noon, Noon.AddHours(4)), Noon));

    [Theory]
    [InlineData("2026-11-20T22:00:00Z", "2026-11-20T23:59:59Z", "workers-20261120")]
    [InlineData("2026-11-20T22:00:00Z", "2026-11-21T03:00:00Z", "workers-20261120")]
    [InlineData("2026-11-21T00:30:00+01:00", "2026-11-21T00:40:00+01:00", "workers-20261120")]
    [InlineData("2026-11-21T00:00:00Z", "2026-11-21T00:00:00Z", "workers-20261121")]
    [InlineData("2026-11-16T00:00:00Z", "2026-11-20T11:00:00Z", "workers-20261120")]
    public void The_day_is_that_on_which_the_window_opened_and_each_day_of_one_that_is_always_open(string opensAt, string now, string name)
    {
        var (opening, instant) = (new Opening(Time(opensAt), Time(opensAt).AddDays(7)), Time(now));

        Assert.Equal(name, RunName.Next("workers", [], opening, instant));
    }

    [Theory]
    [InlineData("workers-catchup-20261120", new[] { "workers-20261120" })]
    [InlineData("workers-catchup-20261120-3", new[] { "workers-catchup-20261120-2", "workers-catchup-20261119-9" })]
    public void One_that_was_made_for_something_else_is_named_after_that_and_the_day(string name, string[] taken) =>
        Assert.Equal(name, RunName.Next("workers", PatchOperator.Api.RunTrigger.CatchUp, taken, Noon));

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
