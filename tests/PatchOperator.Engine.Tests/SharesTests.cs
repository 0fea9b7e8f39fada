namespace PatchOperator.Engine.Tests;

public class SharesTests
{
    [Theory]
    [InlineData("1", 10, 1, 1)]
    [InlineData("25%", 10, 2, 3)]
    [InlineData("1%", 10, 1, 1)]
    [InlineData("100%", 7, 7, 7)]
    [InlineData("34%", 3, 1, 2)]
    [InlineData("50%", 0, 1, 1)]
    public void Budgets_round_down_and_thresholds_up_and_neither_below_one(string value, int total, int budget, int threshold)
    {
        Assert.Equal(budget, Shares.Budget(value, total));
        Assert.Equal(threshold, Shares.Threshold(value, total));
    }
}
