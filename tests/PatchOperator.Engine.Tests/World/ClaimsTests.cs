using System.Collections.Immutable;
using k8s.Models;
using PatchOperator.Api;
using PatchOperator.Engine.World;
using static PatchOperator.Engine.Tests.Given;

namespace PatchOperator.Engine.Tests.World;

public class ClaimsTests
{
    [Fact]
    public void A_node_belongs_to_the_oldest_policy_that_matches_it()
    {
        var claim = Claims.Of(ANode(), Order(Policy("a-younger-one", minutes: 1), Policy("workers")));

        Assert.Equal("workers", claim.Policy?.Name);
        Assert.Equal(["a-younger-one"], claim.Others);
    }

    [Fact]
    public void A_policy_with_a_higher_priority_has_the_node_whatever_its_age()
    {
        var claim = Claims.Of(ANode(), Order(Policy("workers"), Policy("canaries", spec => spec with { Priority = 1 }, minutes: 1), Policy("last", spec => spec with { Priority = -1 })));

        Assert.Equal("canaries", claim.Policy?.Name);
        Assert.Equal(["workers", "last"], claim.Others);
    }

    [Fact]
    public void Of_two_of_one_age_the_first_by_name_has_it() =>
        Assert.Equal("a", Claims.Of(ANode(), Order(Policy("b"), Policy("a"))).Policy?.Name);

    [Fact]
    public void A_policy_that_is_being_deleted_holds_nothing()
    {
        var going = Policy("workers");
        going.Metadata.DeletionTimestamp = Noon.UtcDateTime;

        Assert.Null(Claims.Of(ANode(), Order(going)).Policy);
    }

    [Fact]
    public void An_invalid_field_hands_no_node_to_another_policy_but_an_invalid_selector_holds_none()
    {
        var invalid = Policy("workers", spec => spec with { Windows = ["missing"] });
        var unselective = Policy(
            "workers",
            spec => spec with { NodeSelector = new V1LabelSelector { MatchExpressions = [new V1LabelSelectorRequirement { Key = "pool", OperatorProperty = "Like" }] } });

        Assert.Equal("workers", Claims.Of(ANode(), Order(invalid, Policy("others", minutes: 1))).Policy?.Name);
        Assert.Equal("others", Claims.Of(ANode(), Order(unselective, Policy("others", minutes: 1))).Policy?.Name);
    }

    private static ImmutableArray<PolicyTerms> Order(params PatchPolicy[] policies) =>
        Claims.Order(
            policies.Select(policy => new PolicyTerms(policy, policy.Spec.Windows is ["missing"] ? [new SpecError("spec.windows[0]", "there is none")] : [])));

    private static PatchPolicy Policy(string name, Func<PatchPolicySpec, PatchPolicySpec>? change = null, int minutes = 0)
    {
        var policy = APolicy(change);
        (policy.Metadata.Name, policy.Metadata.Uid, policy.Metadata.CreationTimestamp) = (name, name, Noon.UtcDateTime.AddMinutes(minutes));
        return policy;
    }

    private static PatchPolicy Policy(string name, int minutes) => Policy(name, null, minutes);
}
