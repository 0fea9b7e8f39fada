using k8s.Models;

namespace PatchOperator.Engine.Selection;

/// <summary>Label selectors as the API server evaluates them (k8s.io/apimachinery, LabelSelectorAsSelector).</summary>
public static class LabelSelectors
{
    private static readonly string[] Operators = ["In", "NotIn", "Exists", "DoesNotExist"];

    /// <summary>Whether <paramref name="labels"/> meet every requirement; an empty selector matches everything, null nothing.</summary>
    public static bool Matches(V1LabelSelector? selector, IReadOnlyDictionary<string, string> labels)
    {
        if (selector is null)
            return false;
        // Plain loops: every policy is held against every node.
        if (selector.MatchLabels is { } wanted)
            foreach (var (key, value) in wanted)
                if (!labels.TryGetValue(key, out var actual) || actual != value)
                    return false;
        return selector.MatchExpressions?.All(requirement => Meets(requirement, labels)) ?? true;
    }

    /// <summary>What is wrong with a selector, each with the field below <paramref name="field"/>.</summary>
    public static IEnumerable<SpecError> Validate(V1LabelSelector? selector, string field)
    {
        if (selector is null)
            yield return new SpecError(field, "must be given; {} selects every node");
        foreach (var (requirement, index) in (selector?.MatchExpressions ?? []).Select((requirement, index) => (requirement, index)))
        {
            var path = $"{field}.matchExpressions[{index}]";
            var wantsValues = requirement.OperatorProperty is "In" or "NotIn";
            if (!Operators.Contains(requirement.OperatorProperty))
                yield return new SpecError($"{path}.operator", $"'{requirement.OperatorProperty}' is not one of {string.Join(", ", Operators)}");
            else if (wantsValues == (requirement.Values is null or { Count: 0 }))
                yield return new SpecError(
                    $"{path}.values",
                    wantsValues ? $"must not be empty with {requirement.OperatorProperty}" : $"must be empty with {requirement.OperatorProperty}");
        }
    }

    private static bool Meets(V1LabelSelectorRequirement requirement, IReadOnlyDictionary<string, string> labels)
    {
        var present = labels.TryGetValue(requirement.Key, out var value);
        return requirement.OperatorProperty switch
        {
            "In" => present && requirement.Values.Contains(value!),
            "NotIn" => !present || !requirement.Values.Contains(value!),
            "Exists" => present,
            "DoesNotExist" => !present,
            _ => false,
        };
    }
}
