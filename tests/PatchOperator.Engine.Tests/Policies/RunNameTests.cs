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
    public void A_run_is_named_after_the_day_it_begins_and_counted_within_it(string name, string[] taken) =>
        Assert.Equal(name, RunName.Next("workers", taken, Noon));

    [Theory]
    [InlineData("2026-11-20T23:59:59Z", "workers-20261120")]
    [InlineData("2026-11-21T00:30:00+01:00", "workers-20261120")]
    [InlineData("2026-11-21T00:00:00Z", "workers-20261121")]
    public void The_day_is_that_of_UTC(string now, string name) =>
        Assert.Equal(name, RunName.Next("workers", [], DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture)));
}
