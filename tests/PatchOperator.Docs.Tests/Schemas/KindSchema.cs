using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using PatchOperator.Api;
using PatchOperator.Integration.Tests.Crds;

namespace PatchOperator.Docs.Tests.Schemas;

/// <summary>The JSON Schema of a kind, for editors and validators, made from its CustomResourceDefinition: as strict as <c>kubectl --validate=strict</c>.</summary>
internal static class KindSchema
{
    // Of these the two languages have the same.
    private static readonly string[] Shared =
        ["description", "type", "format", "enum", "default", "pattern", "minLength", "maxLength", "minimum", "maximum", "minItems", "maxItems", "maxProperties", "required"];

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Where it is in the repository, named as kubeconform looks for it.</summary>
    public static string File(Crd crd) => $"docs/schemas/{crd.Entity.Name.ToLowerInvariant()}_{ApiGroup.Version}.json";

    /// <summary>The text of the file.</summary>
    public static string Of(Crd crd)
    {
        var fields = Convert(crd.Schema.Node);
        var properties = new JsonObject
        {
            ["apiVersion"] = new JsonObject { ["const"] = ApiGroup.GroupVersion },
            ["kind"] = new JsonObject { ["const"] = crd.Entity.Name },
            ["metadata"] = new JsonObject { ["type"] = "object" },
        };
        foreach (var (name, field) in fields["properties"]!.AsObject())
            properties[name] = field!.DeepClone();
        fields["properties"] = properties;
        fields["required"] = new JsonArray("apiVersion", "kind", "metadata", "spec");
        return new JsonObject([KeyValuePair.Create("$schema", (JsonNode?)"http://json-schema.org/draft-07/schema#"), .. fields.DeepClone().AsObject().Select(field => KeyValuePair.Create(field.Key, field.Value?.DeepClone()))])
            .ToJsonString(Indented) + "\n";
    }

    private static JsonObject Convert(JsonNode schema)
    {
        var converted = new JsonObject(Shared.Where(keyword => schema[keyword] is not null).Select(keyword => KeyValuePair.Create(keyword, schema[keyword]?.DeepClone())));
        if (schema["x-kubernetes-int-or-string"] is not null)
            converted["type"] = new JsonArray("integer", "string");
        if (schema["x-kubernetes-list-type"]?.ToString() == "set")
            converted["uniqueItems"] = true;
        if (schema["items"] is { } items)
            converted["items"] = Convert(items);
        if (schema["additionalProperties"] is { } values)
            converted["additionalProperties"] = Convert(values);
        if (schema["properties"] is { } properties)
        {
            converted["properties"] = new JsonObject(properties.AsObject().Select(property => KeyValuePair.Create(property.Key, (JsonNode?)Convert(property.Value!))));
            converted["additionalProperties"] = false;
        }
        return converted;
    }
}
