using k8s.Models;
using PatchOperator.Engine.Selection;

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

    [Theory]
    [InlineData("lib*", "libssl3", true)]
    [InlineData("lib?", "libc", true)]
    [InlineData("libssl3", "libssl3t64", false)]
    [InlineData("*", "g++", true)]
    [InlineData("Lib*", "libc", false)]
    public void Globs_match_whole_names(string glob, string name, bool matches) => Assert.Equal(matches, Globs.Matches([glob], name));

    [Theory]
    [InlineData("In", "a", true)]
    [InlineData("NotIn", "a", false)]
    [InlineData("NotIn", "b", true)]
    [InlineData("In", "b", false)]
    public void Selectors_compare_values(string op, string value, bool matches) =>
        Assert.Equal(matches, LabelSelectors.Matches(Expression("pool", op, [value]), new Dictionary<string, string> { ["pool"] = "a" }));

    [Fact]
    public void A_selector_without_requirements_matches_all_and_none_at_all_matches_nothing()
    {
        Assert.True(LabelSelectors.Matches(new V1LabelSelector(), new Dictionary<string, string>()));
        Assert.False(LabelSelectors.Matches(null, new Dictionary<string, string>()));
        Assert.True(LabelSelectors.Matches(Expression("pool", "DoesNotExist", null), new Dictionary<string, string>()));
        Assert.True(LabelSelectors.Matches(Expression("pool", "NotIn", ["a"]), new Dictionary<string, string>()));
    }

    [Fact]
    public void A_node_belongs_to_the_oldest_policy_that_matches_it()
    {
        var old = Given.APolicy();
        var young = Given.APolicy();
        (young.Metadata.Name, young.Metadata.CreationTimestamp) = ("a-younger-one", Given.Noon.UtcDateTime.AddMinutes(1));
        var claims = Claims.Of([young, old], [Given.ANode()]);

        Assert.Equal("workers", claims.PolicyOf("node-1"));
        Assert.Equal(1, claims.ClaimedByOthers("a-younger-one"));
    }

    private static V1LabelSelector Expression(string key, string op, IList<string>? values) =>
        new() { MatchExpressions = [new V1LabelSelectorRequirement { Key = key, OperatorProperty = op, Values = values }] };
}
