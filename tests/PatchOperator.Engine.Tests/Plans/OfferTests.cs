using PatchOperator.Contract.Grammars;
using PatchOperator.Engine.Plans;
using static PatchOperator.Engine.Tests.Given;

namespace PatchOperator.Engine.Tests.Plans;

public class OfferTests
{
    [Theory]
    [InlineData("10.0-1", new[] { "9.0-1", "10.0-1" })]
    [InlineData("1.0", new[] { "1.0~rc1", "1.0" })]
    [InlineData("1:1.0", new[] { "2.0", "1:1.0" })]
    [InlineData("1.0-1+b1", new[] { "1.0-1", "1.0-1+b1" })]
    [InlineData("9.0-1", new[] { "10.0-1", "9.0-1", "9.0-1" })]
    public void The_version_is_the_newest_that_most_nodes_can_get(string version, string[] candidates)
    {
        foreach (var order in new[] { candidates, [.. candidates.Reverse()] })
        {
            var offer = new Offer(PackageVersions.Order("apt"));
            foreach (var candidate in order)
                offer.Add(Package("libfoo", candidate));

            Assert.Equal(version, offer.Version);
        }
    }

    [Fact]
    public void It_is_a_security_update_if_it_is_one_for_any_node()
    {
        var offer = new Offer(PackageVersions.Order(null));
        offer.Add(Package("libfoo", security: false));
        Assert.False(offer.Security);
        offer.Add(Package("libfoo", security: true));
        offer.Add(Package("libfoo", security: false));
        Assert.True(offer.Security);
    }
}
