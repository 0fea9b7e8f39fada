using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace PatchOperator.GitOps.Tests.Cluster;

/// <summary>What <c>kubectl explain</c> says: it reads the API server's OpenAPI document.</summary>
[Collection(ClusterCollection.Name)]
public sealed partial class ExplainTests(GitOpsCluster cluster)
{
    public static TheoryData<string> Kinds => [.. GitOpsCluster.Kinds];

    [Theory, MemberData(nameof(Kinds))]
    public void Every_field_has_a_description_that_reads_as_a_sentence(string kind)
    {
        var schema = cluster.Definition(kind)!;
        var fields = new[] { "spec", "status" }.Where(half => schema["properties"]![half] is not null).SelectMany(half => Fields(half, schema["properties"]![half]!)).ToList();

        Assert.NotEmpty(fields);
        Assert.Empty(
            fields.Where(field => !Sentence().IsMatch((string?)field.Schema["description"] ?? "")).Select(field => $"{field.Path}: {field.Schema["description"]}"));
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Kubectl_lists_every_field_and_prints_the_descriptions(string kind)
    {
        var tree = cluster.Kubectl(["explain", kind, "--recursive"]);
        var spec = cluster.Kubectl(["explain", $"{kind}.spec"]);

        // A plan and a record have no status: nothing becomes of them.
        var list = kind switch { "PatchPlan" => "updates", "PatchRecord" => "changes", _ => "conditions" };
        Assert.Contains($"{list}\t<[]Object>", tree, StringComparison.Ordinal);
        Assert.DoesNotContain("<empty>", spec, StringComparison.Ordinal);
        foreach (var field in FieldNames().Matches(spec).Select(match => match.Groups[1].Value))
            Assert.Contains($"{field}\t<", tree, StringComparison.Ordinal);
    }

    private static IEnumerable<(string Path, JsonNode Schema)> Fields(string path, JsonNode schema)
    {
        var within = schema["properties"]?.AsObject().SelectMany(property => Fields($"{path}.{property.Key}", property.Value!)) ?? [];
        if (schema["items"] is { } items)
            within = within.Concat(Fields($"{path}[]", items));
        if (schema["additionalProperties"] is { } values)
            within = within.Concat(Fields($"{path}.*", values));
        return within.Prepend((path, schema));
    }

    /// <summary>It begins with a capital, a digit or a sign, ends with a dot, and has a few words.</summary>
    [GeneratedRegex(@"^[^a-z].{18,}\.$", RegexOptions.Singleline)]
    private static partial Regex Sentence();

    [GeneratedRegex(@"^   (\w+)\t<", RegexOptions.Multiline)]
    private static partial Regex FieldNames();
}
