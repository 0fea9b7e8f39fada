using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;
using PatchOperator.Api;
using PatchOperator.Docs.Tests.Examples;
using PatchOperator.Integration.Tests.Crds;

namespace PatchOperator.Docs.Tests.Schemas;

/// <summary>The JSON Schemas in docs/schemas. <c>hack/schemas</c> writes them, by these tests.</summary>
public sealed class KindSchemaTests
{
    private static readonly Dictionary<Crd, JsonSchema> Schemas = Crd.All.ToDictionary(crd => crd, crd => JsonSchema.FromText(KindSchema.Of(crd)));

    private static readonly EvaluationOptions Options = new() { OutputFormat = OutputFormat.List, RequireFormatValidation = true };

    public static TheoryData<string> Kinds => [.. Crd.All.Select(crd => crd.Plural)];

    public static TheoryData<string> Examples => ExampleTests.Ours;

    /// <summary>A list that is told apart by keys is beyond JSON Schema.</summary>
    public static TheoryData<string> Bounds => [.. Bound.All.Values
        .Where(bound => bound.Keyword != "x-kubernetes-list-type" || bound.Schema.Node["x-kubernetes-list-type"]!.ToString() == "set")
        .Select(bound => bound.ToString())];

    [Theory, MemberData(nameof(Kinds))]
    public void The_schema_of_a_kind_is_current(string plural)
    {
        var crd = Crd.All.Single(kind => kind.Plural == plural);
        var file = Repository.PathOf(KindSchema.File(crd));
        if (Environment.GetEnvironmentVariable("UPDATE_SCHEMAS") == "1")
            File.WriteAllText(file, KindSchema.Of(crd));

        Assert.True(
            File.Exists(file) && File.ReadAllText(file) == KindSchema.Of(crd), $"{KindSchema.File(crd)} is not made from crds/ as they are: run hack/schemas");
    }

    [Fact]
    public void There_are_no_others() => Assert.Equal(
        Crd.All.Select(crd => Path.GetFileName(KindSchema.File(crd))).Order(StringComparer.Ordinal),
        Directory.GetFiles(Repository.PathOf("docs/schemas")).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal));

    [Fact]
    public void Nothing_that_a_definition_says_of_a_field_is_lost() => Assert.Empty(
        Crd.All.SelectMany(crd => crd.Schema.All).SelectMany(schema => schema.Keywords.Where(keyword => !KindSchema.Knows(keyword)).Select(keyword => $"{schema}: {keyword}")));

    [Theory, MemberData(nameof(Examples))]
    public void What_a_page_shows_is_valid(string name) => AssertValid(Example.All.First(example => example.ToString() == name).Object);

    [Fact]
    public void Samples_and_examples_are_valid()
    {
        var samples = Samples.OfOurs().ToList();

        Assert.NotEmpty(samples);
        Assert.All(samples, AssertValid);
    }

    [Theory, MemberData(nameof(Kinds))]
    public void An_object_with_every_field_is_valid(string plural) => AssertValid(Sample.Whole(Crd.All.Single(crd => crd.Plural == plural), "whole"));

    [Theory, MemberData(nameof(Bounds))]
    public void What_the_API_server_refuses_for_a_bound_is_invalid(string name) => Assert.NotEmpty(Errors(Bound.All[name].Entity("test")));

    [Theory]
    [InlineData("rollout: {maxUnavailabel: 1}", "/spec/rollout/maxUnavailabel")]
    [InlineData("window: [nights]", "/spec/window")]
    [InlineData("rollout: {maxUnavailable: [1]}", "/spec/rollout/maxUnavailable")]
    public void What_is_misspelt_is_invalid_and_named(string field, string place)
    {
        var policy = YamlText
            .Documents($"apiVersion: {ApiGroup.GroupVersion}\nkind: PatchPolicy\nmetadata: {{name: test}}\nspec: {{nodeSelector: {{}}, {field}}}")
            .Single();

        Assert.Contains(place, Errors(policy));
    }

    [Fact]
    public void Numbers_and_shares_are_valid_alike()
    {
        var policy = Sample.Of(Crd.PatchPolicy, "test");
        policy["spec"]!["rollout"] = new JsonObject { ["maxUnavailable"] = "25%", ["failureThreshold"] = 3 };

        AssertValid(policy);
    }

    private static void AssertValid(JsonObject entity) => Assert.Empty(Errors(entity));

    /// <summary>The places that are invalid.</summary>
    private static List<string> Errors(JsonObject entity)
    {
        var schema = Schemas[Crd.All.Single(crd => crd.Entity.Name == entity["kind"]!.ToString())];
        using var document = JsonDocument.Parse(entity.ToJsonString());
        var result = schema.Evaluate(document.RootElement, Options);
        return result.IsValid
            ? []
            : [.. (result.Details ?? []).Where(detail => detail.Errors is not null).Select(detail => detail.InstanceLocation.ToString())];
    }
}
