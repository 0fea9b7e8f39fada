using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using k8s.Models;

namespace PatchOperator.Integration.Tests.Crds;

/// <summary>
/// The fields of a kind, a line each, such as <c>spec.rollout.minReadySeconds: int32</c>: once as C# reads and writes them, once as
/// the schema has them. Two shapes that differ show just the fields that do.
/// </summary>
internal static class Shape
{
    private static readonly JsonSerializerOptions _options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    private static readonly Dictionary<Type, string> _simple = new()
    {
        [typeof(string)] = "string",
        [typeof(bool)] = "boolean",
        [typeof(int)] = "int32",
        [typeof(long)] = "int64",
        [typeof(DateTimeOffset)] = "date-time",
        [typeof(IntOrString)] = "int-or-string",
        [typeof(V1LabelSelector)] = "label selector",
        [typeof(V1ResourceRequirements)] = "resources",
    };

    public static IEnumerable<string> OfClass(Type entity) =>
        Of("spec", entity.GetProperty("Spec")!.PropertyType)
            .Concat(entity.GetProperty("Status") is { } status ? Of("status", status.PropertyType) : [])
            .Order();

    public static IEnumerable<string> OfSchema(Schema root) => root.Properties.SelectMany(property => Of(property.Schema)).Order();

    private static IEnumerable<string> Of(string path, Type declared)
    {
        var type = Nullable.GetUnderlyingType(declared) ?? declared;
        if (_simple.TryGetValue(type, out var name))
            return [$"{path}: {name}"];
        if (type.IsEnum)
            return [$"{path}: {OneOf(Enum.GetNames(type))}"];
        return _options.GetTypeInfo(type) is { Kind: JsonTypeInfoKind.Enumerable } list
            ? Of($"{path}[]", list.ElementType!)
            : _options.GetTypeInfo(type).Properties.Where(IsWritten).SelectMany(property => Of($"{path}.{property.Name}", property.PropertyType));
    }

    /// <summary>Computed members are not part of the contract, and records have one.</summary>
    private static bool IsWritten(JsonPropertyInfo property) =>
        property is { Get: not null, IsExtensionData: false } && (property.AttributeProvider as PropertyInfo)?.CanWrite != false;

    private static IEnumerable<string> Of(Schema schema) => schema switch
    {
        { IsIntOrString: true } => [$"{schema}: int-or-string"],
        { Type: "array" } => Of(schema.Items!),
        { Type: "object" } when IsLabelSelector(schema) => [$"{schema}: label selector"],
        { Type: "object" } when schema.Has("properties") && schema.Node["properties"]!["requests"] is not null => [$"{schema}: resources"],
        { Type: "object" } => schema.Properties.SelectMany(property => Of(property.Schema)),
        // These two have three values that C# has as text, as Kubernetes' own conditions do.
        { Type: "string" } when schema.Strings("enum").SequenceEqual(["True", "False", "Unknown"]) => [$"{schema}: string"],
        { Type: "string" } when schema.Has("enum") => [$"{schema}: {OneOf(schema.Strings("enum"))}"],
        _ => [$"{schema}: {schema.Format ?? schema.Type}"],
    };

    /// <summary>A type of Kubernetes' own, whose fields are not ours to agree on.</summary>
    private static bool IsLabelSelector(Schema schema) => schema.Has("properties") && schema.Node["properties"]!["matchLabels"] is not null;

    private static string OneOf(IEnumerable<string> names) => string.Join(" | ", names);
}
