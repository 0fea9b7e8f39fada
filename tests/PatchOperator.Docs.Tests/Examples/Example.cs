using System.Text.Json.Nodes;
using PatchOperator.Api;
using PatchOperator.Docs.Tests.Markdown;
using PatchOperator.Integration.Tests.Crds;

namespace PatchOperator.Docs.Tests.Examples;

/// <summary>An object that a page shows, whole or in part.</summary>
/// <param name="Block">Where it is shown.</param>
/// <param name="Object">The object; a part has been completed.</param>
internal sealed record Example(CodeBlock Block, JsonObject Object)
{
    /// <summary>What a part is completed with: the least that is valid.</summary>
    private static readonly Dictionary<string, string> Least = new()
    {
        [nameof(PatchPolicy)] = """{"nodeSelector": {}}""",
        [nameof(PatchWindow)] = """{"schedules": [{"cron": "0 1 * * *"}], "duration": "1h"}""",
        [nameof(ImageBaseline)] = """
            {"source": {"type": "Suite", "suite": "bookworm"}, "builder": {"type": "Mmdebstrap"}, "output": {"format": "Oci", "repository": "registry.example.com/golden/example"}}
            """,
    };

    private static readonly JsonObject ChartValues = YamlText.Documents(File.ReadAllText(Repository.PathOf("charts/patch-operator/values.yaml"))).Single();

    /// <summary>Blocks of YAML that are values for the Helm chart.</summary>
    public static IReadOnlyList<CodeBlock> Values { get; } = [.. Pages.All.SelectMany(page => page.Blocks).Where(IsValues)];

    /// <summary>Every object in a block of YAML or given to a command, on the pages that count as ours to keep.</summary>
    public static IReadOnlyList<Example> All { get; } = [.. Pages.All.SelectMany(page => page.Blocks).SelectMany(Of)];

    public string Kind => Text("kind");

    public string ApiVersion => Text("apiVersion");

    public bool IsOurs => ApiVersion == ApiGroup.GroupVersion;

    public override string ToString() => $"{Block} {Kind} {Object["metadata"]?["name"]}";

    private string Text(string field) => Object[field]?.GetValue<string>() ?? "";

    private static bool IsValues(CodeBlock block) =>
        block.Language == "yaml" && YamlText.Documents(block.Text).All(document => document.All(field => ChartValues.ContainsKey(field.Key)));

    private static IEnumerable<Example> Of(CodeBlock block)
    {
        var texts = block.Language == "yaml" && !IsValues(block)
            ? [block.Text]
            : block.IsCommands ? CommandBlocks.Split(block).Select(CommandBlocks.Input).OfType<string>() : [];
        return texts
            .SelectMany(YamlText.Documents)
            .Select(document => new Example(block, document.ContainsKey("apiVersion") ? document : Complete(block, document)));
    }

    /// <summary>A block on the page of a kind that begins with <c>spec:</c> is a part of an object of that kind.</summary>
    private static JsonObject Complete(CodeBlock block, JsonObject part)
    {
        var kind = Crd.All.SingleOrDefault(crd => block.Page == $"docs/{crd.Plural}.md")?.Entity.Name;
        if (kind is null || !part.Select(field => field.Key).SequenceEqual(["spec"]))
            throw new InvalidDataException($"{block}: YAML that is neither an object nor, on the page of a kind, its spec");
        var spec = JsonNode.Parse(Least[kind])!.AsObject();
        foreach (var (name, value) in part["spec"]!.AsObject())
            spec[name] = value?.DeepClone();
        return new JsonObject
        {
            ["apiVersion"] = ApiGroup.GroupVersion,
            ["kind"] = kind,
            ["metadata"] = new JsonObject { ["name"] = "example" },
            ["spec"] = spec,
        };
    }
}
