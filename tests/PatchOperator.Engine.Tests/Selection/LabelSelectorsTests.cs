using k8s.Models;
using PatchOperator.Engine.Selection;

namespace PatchOperator.Engine.Tests.Selection;

public class LabelSelectorsTests
{
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

    private static V1LabelSelector Expression(string key, string op, IList<string>? values) =>
        new() { MatchExpressions = [new V1LabelSelectorRequirement { Key = key, OperatorProperty = op, Values = values }] };
}
