using PatchOperator.Integration.Tests.Crds;

namespace PatchOperator.Docs.Tests;

/// <summary>The page of each kind, against its CustomResourceDefinition.</summary>
public class KindPageTests
{
    // Of Kubernetes' own types, and of every condition: what these hold is explained where they come from.
    private static readonly string[] WellKnown = ["nodeSelector", "policySelector", "selector", "ignorePodSelector", "resources", "conditions"];

    public static TheoryData<string> Kinds => [.. Crd.All.Select(crd => crd.Plural)];

    [Theory, MemberData(nameof(Kinds))]
    public void Every_field_is_on_the_page_of_its_kind(string plural)
    {
        var kind = Crd.All.Single(crd => crd.Plural == plural);
        var named = Pages.Of(kind).CodeSpans.SelectMany(span => span.Split([' ', ',', ':', '{', '}', '='], StringSplitOptions.RemoveEmptyEntries)).ToHashSet();

        var missing = Fields(kind.Schema).Where(field => !Suffixes(field).Any(named.Contains)).ToList();
        Assert.Empty(missing);
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Every_column_is_on_the_page_of_its_kind(string plural)
    {
        var kind = Crd.All.Single(crd => crd.Plural == plural);
        var named = Pages.Of(kind).CodeSpans.ToHashSet();

        Assert.All(
            kind.Version["additionalPrinterColumns"]!.AsArray(), column => Assert.Contains(column!["name"]!.GetValue<string>().ToUpperInvariant(), named));
    }

    [Theory, MemberData(nameof(Kinds))]
    public void The_page_is_built_like_those_of_the_other_kinds(string plural)
    {
        var anchors = Pages.Of(Crd.All.Single(crd => crd.Plural == plural)).Anchors;

        Assert.Contains(anchors, anchor => anchor is "writing-a-spec" or "the-spec");
        Assert.Contains($"working-with-{plural}", anchors);
        Assert.Contains("status", anchors);
    }

    // Those that hold no others: a field that does is named with them.
    private static IEnumerable<string> Fields(Schema schema) => schema.Properties.SelectMany(property =>
        WellKnown.Contains(property.Name) || !(property.Schema.Items ?? property.Schema).Properties.Any()
            ? [property.Schema.Path.Replace("[]", "", StringComparison.Ordinal)]
            : Fields(property.Schema.Items ?? property.Schema));

    // A section about spec.drain may call spec.drain.mode just "mode".
    private static IEnumerable<string> Suffixes(string path)
    {
        var names = path.Split('.');
        return Enumerable.Range(0, names.Length).Select(start => string.Join('.', names[start..]));
    }
}
