using System.Text.Json.Nodes;
using k8s;
using PatchOperator.Api;
using PatchOperator.Engine;
using PatchOperator.Engine.Calendars;
using PatchOperator.Engine.Specs;
using PatchOperator.Integration.Tests.Crds;

namespace PatchOperator.Docs.Tests.Examples;

/// <summary>Whatever a page shows as YAML works when a reader takes it over.</summary>
public sealed class ExampleTests(KubectlFixture cluster) : IClassFixture<KubectlFixture>
{
    /// <summary>Kinds of other programs, that no API server knows by itself: these examples are parsed and no more.</summary>
    private static readonly string[] Foreign = ["argoproj.io/v1alpha1 Application", "argoproj.io/v1alpha1 ApplicationSet", "argoproj.io/v1alpha1 AppProject"];

    public static TheoryData<string> All =>
        [.. Example.All.Where(example => !Foreign.Contains($"{example.ApiVersion} {example.Kind}")).Select(example => example.ToString())];

    public static TheoryData<string> Ours => [.. Example.All.Where(example => example.IsOurs).Select(example => example.ToString())];

    public static TheoryData<string> Values => [.. Example.Values.Select(block => block.ToString())];

    /// <summary>Windows that examples name: those that are examples themselves.</summary>
    private static Dictionary<string, WindowCalendar?> Windows => Example.All
        .Where(example => example.Kind == nameof(PatchWindow))
        .Select(Read<PatchWindow>)
        .GroupBy(window => window.Metadata.Name)
        .ToDictionary(group => group.Key, group => WindowCalendar.TryCreate(group.First().Spec, out _));

    /// <summary>The server drops fields that it does not know without a word: so what it would store is compared with what the page shows.</summary>
    [Theory, MemberData(nameof(All))]
    public async Task The_API_server_stores_each_example_as_it_is_shown(string name)
    {
        var example = Find(name);

        var answer = await cluster.TryCreate(example.Object.ToJsonString());

        var stored = JsonNode.Parse(answer.Succeeded())!;
        Assert.Empty(Missing(example.Object, stored, ""));
    }

    [Fact]
    public async Task A_field_that_the_API_server_drops_is_noticed()
    {
        const string misspelt = """{"apiVersion": "patchoperator.io/v1alpha1", "kind": "PatchPolicy", "metadata": {"name": "test"}, "spec": {"nodeSelector": {}, "drain": {"timeOut": "1h"}}}""";

        var answer = await cluster.TryCreate(misspelt);

        Assert.Equal([""".spec.drain.timeOut: "1h" became nothing"""], Missing(JsonNode.Parse(misspelt), JsonNode.Parse(answer.Succeeded()), ""));
    }

    [Theory, MemberData(nameof(Ours))]
    public void The_operator_accepts_each_example(string name) => Assert.Empty(Errors(Find(name)));

    /// <summary>Its schema refuses what is misspelt.</summary>
    [Theory, MemberData(nameof(Values))]
    public async Task The_chart_accepts_values_that_are_shown(string name)
    {
        var text = Example.Values.Single(block => block.ToString() == name).Text;

        (await Command.RunAsync(Helm.Four.Program, ["template", "patch-operator", Repository.PathOf("charts/patch-operator"), "--values=-"], text)).Succeeded();
    }

    private static IReadOnlyList<SpecError> Errors(Example example)
    {
        switch (example.Kind)
        {
            case nameof(PatchPolicy):
                return PolicyValidation.Validate(Read<PatchPolicy>(example), Windows);
            case nameof(PatchWindow):
                WindowCalendar.TryCreate(Read<PatchWindow>(example).Spec, out var errors);
                return errors;
            case nameof(ImageBaseline):
                return BaselineValidation.Validate(Read<ImageBaseline>(example), Windows);
            // The runs that people make.
            case nameof(PatchRun) when Read<PatchRun>(example).Spec is { Trigger: RunTrigger.Emergency or RunTrigger.Rollback, Planned: null }:
                return [];
            default:
                throw new InvalidDataException($"{example}: the operator writes this kind itself");
        }
    }

    private static IEnumerable<string> Missing(JsonNode? shown, JsonNode? stored, string path) => (shown, stored) switch
    {
        (JsonObject fields, JsonObject) => fields.SelectMany(field => Missing(field.Value, stored[field.Key], $"{path}.{field.Key}")),
        (JsonArray items, JsonArray others) when items.Count == others.Count =>
            items.SelectMany((item, index) => Missing(item, others[index], $"{path}[{index}]")),
        _ => JsonNode.DeepEquals(shown, stored) ? [] : [$"{path}: {shown?.ToJsonString()} became {stored?.ToJsonString() ?? "nothing"}"],
    };

    private static TEntity Read<TEntity>(Example example) => KubernetesJson.Deserialize<TEntity>(example.Object.ToJsonString());

    private static Example Find(string name) => Example.All.First(example => example.ToString() == name);
}
