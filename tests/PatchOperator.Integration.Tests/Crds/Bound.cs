using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace PatchOperator.Integration.Tests.Crds;

/// <summary>What a schema says of one field, and an object that is just beyond it.</summary>
/// <param name="Crd">The kind.</param>
/// <param name="Schema">The field.</param>
/// <param name="Keyword">What is said of it, such as <c>maximum</c>.</param>
/// <param name="Refused">The field that the server must name.</param>
/// <param name="Value">What the field is in the object.</param>
internal sealed partial record Bound(Crd Crd, Schema Schema, string Keyword, string Refused, JsonNode? Value)
{
    public static IReadOnlyDictionary<string, Bound> All { get; } =
        Crd.All.SelectMany(crd => crd.Schema.All.Skip(1).SelectMany(schema => Of(crd, schema))).ToDictionary(bound => bound.ToString());

    public bool IsOfStatus => Schema.Path.StartsWith("status", StringComparison.Ordinal);

    public override string ToString() => $"{Crd.Entity.Name} {Schema.Path}: {Keyword}{(Keyword == "required" ? " " + Refused.Split('.')[^1] : "")}";

    /// <summary>An object with every field, but for this one.</summary>
    public JsonObject Entity(string name)
    {
        var entity = Sample.Whole(Crd, name);
        var steps = Step().Matches(Schema.Path).Select(step => step.Value).ToList();
        var parent = steps[..^1].Aggregate((JsonNode)entity, (node, step) => node is JsonArray items ? items[0]! : node[step == "*" ? "key" : step]!);
        if (parent is JsonArray list)
            list[0] = Value?.DeepClone();
        else
            parent[steps[^1] == "*" ? "key" : steps[^1]] = Value?.DeepClone();
        return entity;
    }

    private static IEnumerable<Bound> Of(Crd crd, Schema schema)
    {
        var path = schema.Path.Replace("[]", "[0]", StringComparison.Ordinal).Replace(".*", ".key", StringComparison.Ordinal);
        return Beyond(schema).Select(beyond => new Bound(crd, schema, beyond.Keyword, path + beyond.Within, beyond.Value));
    }

    private static IEnumerable<(string Keyword, string Within, JsonNode? Value)> Beyond(Schema schema)
    {
        var value = Sample.Value(schema);
        yield return ("type", "", schema.Type is "object" ? "text" : new JsonObject());
        foreach (var name in schema.Strings("required"))
            yield return ("required", $".{name}", Without(value, name));
        if (schema.Has("enum"))
            yield return ("enum", "", "Nonesuch");
        if (schema.Format == "date-time")
            yield return ("format", "", "yesterday");
        if (schema.Pattern is not null)
            yield return ("pattern", "", new string('?', (int)(schema.Number("minLength") ?? 1)));
        if (schema.Number("minLength") is { } shortest)
            yield return ("minLength", "", new string('a', (int)shortest - 1));
        if (schema.Number("maxLength") is { } longest)
            yield return ("maxLength", "", new string('a', (int)longest + 1));
        if (schema.Number("minimum") is { } least)
            yield return ("minimum", "", least - 1);
        if (schema.Number("maximum") is { } most)
            yield return ("maximum", "", most + 1);
        if (schema.Has("minItems"))
            yield return ("minItems", "", new JsonArray());
        if (schema.Number("maxItems") is { } items)
            yield return ("maxItems", "", Repeat(schema, items + 1));
        if (schema.IsSet)
            yield return ("x-kubernetes-list-type", "[1]", Repeat(schema, 2));
        if (schema.Number("maxProperties") is { } entries)
            yield return (
                "maxProperties",
                "",
                new JsonObject(Enumerable.Range(0, (int)entries + 1).Select(index => KeyValuePair.Create($"key{index}", (JsonNode?)Sample.Value(schema.Values!)))));
    }

    private static JsonNode Without(JsonNode value, string name)
    {
        value = value.DeepClone();
        value.AsObject().Remove(name);
        return value;
    }

    private static JsonArray Repeat(Schema list, long times) => new([.. Enumerable.Range(0, (int)times).Select(_ => Sample.Value(list.Items!))]);

    [GeneratedRegex(@"\[\]|[^.\[\]]+")]
    private static partial Regex Step();
}
