using System.Collections.Immutable;
using PatchOperator.Engine.Selection;

namespace PatchOperator.Engine.World;

/// <summary>
/// Which policy each node belongs to: of those whose selector matches it the one with the highest priority, of equals the oldest, then the first by name.
/// </summary>
/// <remarks>
/// A policy with an invalid field still holds its nodes as long as its selector is valid: a typing error must not hand them to another policy.
/// </remarks>
public static class Claims
{
    /// <summary>The policies that can claim nodes, strongest first.</summary>
    public static ImmutableArray<PolicyTerms> Order(IEnumerable<PolicyTerms> policies) =>
    [
        .. policies
            .Where(policy => !policy.Deleting && !LabelSelectors.Validate(policy.Spec.NodeSelector, "").Any())
            .OrderByDescending(policy => policy.Spec.Priority)
            .ThenBy(policy => policy.CreatedAt)
            .ThenBy(policy => policy.Name, StringComparer.Ordinal),
    ];

    /// <param name="node">The node.</param>
    /// <param name="claimants">As <see cref="Order"/> gives them.</param>
    public static Claim Of(NodeFacts node, ImmutableArray<PolicyTerms> claimants)
    {
        PolicyTerms? owner = null;
        List<string>? others = null;
        // A plain loop: every policy is held against every node.
        foreach (var policy in claimants)
        {
            if (!LabelSelectors.Matches(policy.Spec.NodeSelector, node.Labels))
                continue;
            if (owner is null)
                owner = policy;
            else
                (others ??= []).Add(policy.Name);
        }

        return new Claim(owner, others ?? (IReadOnlyList<string>)[]);
    }
}
