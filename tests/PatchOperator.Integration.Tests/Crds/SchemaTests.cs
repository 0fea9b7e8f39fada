using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using k8s;
using k8s.Models;
using PatchOperator.Api;

namespace PatchOperator.Integration.Tests.Crds;

/// <summary>The files in crds/ against the C# classes, and against what every CustomResourceDefinition of ours has.</summary>
public sealed partial class SchemaTests
{
    public static TheoryData<string> Kinds => [.. Crd.All.Select(crd => crd.Entity.Name)];

    public static TheoryData<string> KindsWithStatus => [.. Crd.All.Where(crd => crd.HasStatus).Select(crd => crd.Entity.Name)];

    [Theory, MemberData(nameof(Kinds))]
    public void The_schema_has_the_fields_that_the_class_has(string kind) =>
        Assert.Equal(Shape.OfClass(Find(kind).Entity), Shape.OfSchema(Find(kind).Schema));

    [Fact]
    public void What_a_policy_leaves_out_is_the_same_to_the_api_server_and_to_the_operator() =>
        AssertSameDefaults(Crd.PatchPolicy, new PatchPolicySpec());

    [Fact]
    public void What_a_window_leaves_out_is_the_same_to_the_api_server_and_to_the_operator() =>
        AssertSameDefaults(Crd.PatchWindow, new PatchWindowSpec());

    [Fact]
    public void What_a_baseline_leaves_out_is_the_same_to_the_api_server_and_to_the_operator() =>
        AssertSameDefaults(Crd.ImageBaseline, new ImageBaselineSpec());

    /// <summary>A record that gets new defaults when the operator is upgraded would no longer say what happened.</summary>
    [Fact]
    public void Nothing_that_the_operator_writes_has_a_default()
    {
        var written = Crd.All.Where(crd => crd.HasStatus).SelectMany(crd => StatusOf(crd).Properties.Select(property => property.Schema))
            .Concat(
                new[] { Crd.PatchRun, Crd.PatchPlan, Crd.PatchRecord, Crd.NodePatch }
                    .SelectMany(crd => crd.Schema.Properties.Where(property => property.Name == "spec").Select(property => property.Schema)));

        Assert.Empty(Paths(written, schema => schema.Has("default")));
    }

    /// <summary>Before the operator has written anything: without it, kstatus takes an object that nobody has looked at for one that is done.</summary>
    [Theory, MemberData(nameof(KindsWithStatus))]
    public void A_status_that_is_not_there_yet_is_of_no_generation(string kind) =>
        Assert.Equal("""{"observedGeneration":-1}""", StatusOf(Find(kind)).Node["default"]!.ToJsonString());

    /// <summary>A server of today runs the rules on a default as it is written, before what is within it has its own defaults.</summary>
    [Theory, MemberData(nameof(Kinds))]
    public void What_has_rules_of_its_own_has_no_empty_default(string kind) =>
        Assert.Empty(Paths([Find(kind).Schema], schema => schema.Rules.Any() && schema.Node["default"] is JsonObject));

    [Theory, MemberData(nameof(Kinds))]
    public void A_default_is_named_in_its_description(string kind)
    {
        var preset = Find(kind).Schema.Properties
            .Where(property => property.Name != "status")
            .SelectMany(property => property.Schema.All)
            .Where(schema => schema.Has("default") && schema.Type != "object");

        Assert.Empty(preset.Where(schema => !NamesDefault(schema, schema.Node["default"]!.ToString())).Select(schema => schema.Path));

        // As YAML has a list of words, and not as JSON does.
        static bool NamesDefault(Schema schema, string value) =>
            schema.Type == "array" ? schema.Description!.Contains($"Default [{string.Join(", ", schema.Strings("default"))}]", StringComparison.Ordinal)
            : new[] { $"Default {value}", $"Default \"{value}\"" }.Any(text => schema.Description!.Contains(text, StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Every_field_is_described_in_sentences(string kind) =>
        Assert.Empty(Paths([Find(kind).Schema], schema => schema.Description is not { Length: >= 20 } text || !text.EndsWith('.')));

    [Theory, MemberData(nameof(Kinds))]
    public void Everything_has_bounds(string kind) => Assert.Empty(Paths([Find(kind).Schema], schema => !IsBounded(schema)));

    [Theory, MemberData(nameof(Kinds))]
    public void Columns_show_fields_that_there_are_by_their_type(string kind)
    {
        var crd = Find(kind);

        foreach (var column in crd.Version["additionalPrinterColumns"]!.AsArray())
        {
            var path = column!["jsonPath"]!.GetValue<string>();
            if (path == ".metadata.creationTimestamp")
                continue;
            var field = Assert.Single(crd.Schema.All, schema => "." + schema.Path == Selectors().Replace(path, "[]"));
            var type = column["type"]!.GetValue<string>();
            Assert.Equal(type == "date" ? ("string", "date-time") : (type, field.Format), (field.Type, field.Format));
        }
    }

    [Theory, MemberData(nameof(Kinds))]
    public void The_kind_is_found_by_its_names_and_has_a_status_of_its_own(string kind)
    {
        var crd = Find(kind);
        var entity = crd.Entity.GetCustomAttribute<KubernetesEntityAttribute>()!;

        Assert.Equal(
            (entity.Kind, entity.PluralName, entity.Group, entity.ApiVersion),
            (Text(crd.Names["kind"]), Text(crd.Names["plural"]), Text(crd.Document["spec"]!["group"]), Text(crd.Version["name"])));
        Assert.Equal($"{crd.Plural}.{ApiGroup.Name}", Text(crd.Document["metadata"]!["name"]));
        Assert.Equal("Cluster", Text(crd.Document["spec"]!["scope"]));
        Assert.Equal("patching", Text(crd.Names["categories"]!.AsArray().Single()));
        Assert.Equal(crd.ShortName, Text(crd.Names["shortNames"]!.AsArray().Single()));
        Assert.Equal(crd.HasStatus, crd.Schema.Properties.Any(property => property.Name == "status"));
    }

    private static IEnumerable<string> Paths(IEnumerable<Schema> roots, Func<Schema, bool> condition) =>
        roots.SelectMany(root => root.All).Where(condition).Select(schema => schema.Path);

    private static Schema StatusOf(Crd crd) => crd.Schema.Properties.Single(property => property.Name == "status").Schema;

    private static Crd Find(string kind) => Crd.All.Single(crd => crd.Entity.Name == kind);

    private static string Text(JsonNode? node) => node!.GetValue<string>();

    // As the operator reads it: what is newer than a plan may be left out where it is as it was.
    private static void AssertSameDefaults<TSpec>(Crd crd, TSpec spec)
    {
        var schema = crd.Schema.Properties.Single(property => property.Name == "spec").Schema;
        var initial = JsonNode.Parse(KubernetesJson.Serialize(spec))!;
        var required = schema.Properties.Where(property => schema.Strings("required").Contains(property.Name) && property.Schema.Type == "object");
        var least = new JsonObject(required.Select(property => KeyValuePair.Create(property.Name, (JsonNode?)new JsonObject())));

        var read = KubernetesJson.Deserialize<TSpec>(schema.FillIn(least).ToJsonString());
        Assert.Equal(Lines(initial), Lines(JsonNode.Parse(KubernetesJson.Serialize(read))!));
    }

    /// <summary>Without lists and texts that are empty: a list that is absent is empty, and such a text has to be given.</summary>
    private static IEnumerable<string> Lines(JsonNode node, string path = "") => node switch
    {
        JsonObject fields => fields.SelectMany(field => Lines(field.Value!, $"{path}.{field.Key}")).Order(),
        _ => node.ToJsonString() is var value and not ("[]" or "\"\"") ? [$"{path}: {value}"] : [],
    };

    private static bool IsBounded(Schema schema) => schema switch
    {
        { IsIntOrString: true } => schema.Has("maxLength"),
        { Type: "string" } => schema.Has("maxLength") || schema.Has("enum") || schema.Format == "date-time",
        { Type: "integer" } => schema.Has("minimum") && schema.Format is "int32" or "int64",
        { Type: "array" } => schema.Has("maxItems"),
        { Type: "object" } => schema.Has("properties") || schema.Has("maxProperties"),
        _ => schema.Type == "boolean",
    };

    /// <summary>What picks an element of a list: an index, or a condition's type.</summary>
    [GeneratedRegex(@"\[(\d+|\?\(@\.type==""\w+""\))\]")]
    private static partial Regex Selectors();
}
