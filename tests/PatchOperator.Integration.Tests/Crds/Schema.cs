using System.Text.Json.Nodes;

namespace PatchOperator.Integration.Tests.Crds;

/// <summary>A schema inside a CustomResourceDefinition.</summary>
/// <param name="Path">Of the field that it describes, such as <c>spec.windows[]</c>.</param>
/// <param name="Node">The schema itself.</param>
internal sealed record Schema(string Path, JsonNode Node)
{
    public string? Type => Text("type");

    public string? Format => Text("format");

    public string? Description => Text("description");

    public string? Pattern => Text("pattern");

    public bool IsIntOrString => Node["x-kubernetes-int-or-string"] is not null;

    /// <summary>Whether no two items may be the same, or have the same key.</summary>
    public bool IsSet => Text("x-kubernetes-list-type") is "set" or "map";

    public Schema? Items => Node["items"] is { } items ? new Schema($"{Path}[]", items) : null;

    public Schema? Values => Node["additionalProperties"] is { } values ? new Schema($"{Path}.*", values) : null;

    public IEnumerable<(string Name, Schema Schema)> Properties =>
        Node["properties"]?.AsObject().Select(property => (property.Key, new Schema($"{Path}.{property.Key}".TrimStart('.'), property.Value!))) ?? [];

    /// <summary>This schema and all within.</summary>
    public IEnumerable<Schema> All =>
        Properties.Select(property => property.Schema).Append(Items).Append(Values).OfType<Schema>().SelectMany(child => child.All).Prepend(this);

    public IEnumerable<string> Keywords => Node.AsObject().Select(entry => entry.Key);

    public bool Has(string keyword) => Node[keyword] is not null;

    public long? Number(string keyword) => Node[keyword]?.GetValue<long>();

    public IEnumerable<string> Strings(string keyword) => Node[keyword]?.AsArray().Select(value => value!.GetValue<string>()) ?? [];

    /// <summary>The rules of its own, in CEL, each with what it says when it is broken.</summary>
    public IEnumerable<(string Rule, string Message)> Rules =>
        Node["x-kubernetes-validations"]?.AsArray().Select(rule => (rule!["rule"]!.GetValue<string>(), rule["message"]?.GetValue<string>() ?? "")) ?? [];

    /// <summary>Fills in defaults as the API server does: what is absent gets its default, then what is there is filled in within.</summary>
    public JsonNode FillIn(JsonNode value)
    {
        foreach (var (name, schema) in Properties.Where(_ => value is JsonObject))
        {
            if (value[name] is null && schema.Node["default"] is { } preset)
                value[name] = preset.DeepClone();
            if (value[name] is { } child)
                schema.FillIn(child);
        }
        return value;
    }

    public override string ToString() => Path;

    private string? Text(string keyword) => Node[keyword]?.GetValue<string>();
}
