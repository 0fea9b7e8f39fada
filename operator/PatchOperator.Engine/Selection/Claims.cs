using PatchOperator.Api;
using PatchOperator.Engine.Facts;

namespace PatchOperator.Engine.Selection;

/// <summary>Which policy each node belongs to: of those whose selector matches it, the oldest, then the first by name.</summary>
/// <remarks>
/// A policy with an invalid field still holds its nodes as long as its selector is valid: a typing error must not hand them to another policy.
/// </remarks>
public sealed class Claims
{
    private readonly Dictionary<string, string> policyOfNode = [];
    private readonly Dictionary<string, int> claimedByOthers = [];

    private Claims()
    {
    }

    public static Claims Of(IEnumerable<PatchPolicy> policies, IEnumerable<NodeFacts> nodes)
    {
        var claims = new Claims();
        var claimants = policies
            .Where(policy => policy.Metadata.DeletionTimestamp is null && !LabelSelectors.Validate(policy.Spec.NodeSelector, "").Any())
            .OrderBy(policy => policy.Metadata.CreationTimestamp)
            .ThenBy(policy => policy.Metadata.Name, StringComparer.Ordinal)
            .ToList();
        foreach (var node in nodes)
            foreach (var policy in claimants)
                if (LabelSelectors.Matches(policy.Spec.NodeSelector, node.Labels) && !claims.policyOfNode.TryAdd(node.Name, policy.Metadata.Name))
                    claims.claimedByOthers[policy.Metadata.Name] = claims.ClaimedByOthers(policy.Metadata.Name) + 1;
        return claims;
    }

    /// <summary>The name of the policy that <paramref name="node"/> belongs to, or null.</summary>
    public string? PolicyOf(string node) => policyOfNode.GetValueOrDefault(node);

    /// <summary>How many nodes match the policy's selector but belong to an older one.</summary>
    public int ClaimedByOthers(string policy) => claimedByOthers.GetValueOrDefault(policy);
}
