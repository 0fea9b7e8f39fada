using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using PatchOperator.Api;
using PatchOperator.Integration.Tests.Crds;

namespace PatchOperator.Docs.Tests.Schemas;

/// <summary>
/// The JSON Schema of a kind, for editors and validators, made from its CustomResourceDefinition: as strict as <c>kubectl --validate=strict</c>.
/// </summary>
internal static class KindSchema
{
    // Of these the two languages have the same.
    private static readonly string[] Shared =
        [
            "description", "type", "format", "enum", "default", "pattern", "minLength", "maxLength", "minimum", "maximum", "minItems", "maxItems",
            "maxProperties", "required",
        ];

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Whether it has what the keyword of a CustomResourceDefinition says, or says it in another way; rules in CEL are beyond it.</summary>
    public static bool Knows(string keyword) => Shared.Contains(keyword)
        || keyword is "items" or "properties" or "additionalProperties" or "anyOf"
        || keyword.StartsWith("x-kubernetes-", StringComparison.Ordinal);

    /// <summary>Where it is in the repository, named as kubeconform looks for it.</summary>
    public static string File(Crd crd) => $"docs/schemas/{crd.Entity.Name.ToLowerInvariant()}_{ApiGroup.Version}.json";

    /// <summary>The text of the file.</summary>
    public static string Of(Crd crd)
    {
        var schema = Convert(crd.Schema.Node);
        schema.Insert(0, "$schema", "http://json-schema.org/draft-07/schema#");
        schema["required"] = new JsonArray("apiVersion", "kind", "metadata", "spec");
        // What every object has, and a CustomResourceDefinition leaves unsaid.
        var properties = schema["properties"]!.AsObject();
        properties.Insert(0, "apiVersion", new JsonObject { ["const"] = ApiGroup.GroupVersion });
        properties.Insert(1, "kind", new JsonObject { ["const"] = crd.Entity.Name });
        properties.Insert(2, "metadata", new JsonObject { ["type"] = "object" });
        return schema.ToJsonString(Indented) + "\n";
    }

    private static JsonObject Convert(JsonNode schema)
    {
        var converted = new JsonObject(
            Shared.Where(keyword => schema[keyword] is not null).Select(keyword => KeyValuePair.Create(keyword, schema[keyword]?.DeepClone())));
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
            converted["properties"] = new JsonObject(
                properties.AsObject().Select(property => KeyValuePair.Create(property.Key, (JsonNode?)Convert(property.Value!))));
            converted["additionalProperties"] = false;
        }
        return converted;
    }
}
