using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace PatchOperator.Cli.Files;

/// <summary>One object of a file.</summary>
/// <param name="File">The file's name, as it was given.</param>
/// <param name="Node">The object as it stands there.</param>
internal sealed partial record Manifest(string File, YamlMappingNode Node)
{
    // Strict, where the API server would say so too, or drop what it does not know: here is where mistakes are looked for.
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    public string Kind => Text(Node, "kind") ?? "";

    public string ApiVersion => Text(Node, "apiVersion") ?? "";

    /// <summary>Empty where it has none.</summary>
    public string Name => Child(Node, "metadata") is YamlMappingNode metadata ? Text(metadata, "name") ?? "" : "";

    /// <summary>The texts below a field such as metadata.labels.</summary>
    public Dictionary<string, string> Texts(string parent, string field) =>
        Find(parent, field) is YamlMappingNode inner
            ? inner.Children.ToDictionary(child => ((YamlScalarNode)child.Key).Value ?? "", child => (child.Value as YamlScalarNode)?.Value ?? "")
            : [];

    /// <summary>A field such as spec.unschedulable; null where there is none.</summary>
    public YamlNode? Find(string parent, string field) => Child(Node, parent) is YamlMappingNode outer ? Child(outer, field) : null;

    /// <summary>Its spec.</summary>
    /// <exception cref="MistakeException">Something in it has no place there, or is not what belongs there.</exception>
    public TSpec Spec<TSpec>()
        where TSpec : class
    {
        if (Child(Node, "spec") is not YamlMappingNode spec)
            throw new MistakeException(At("spec", "must be given"));
        try
        {
            return YamlJson.Of(spec).Deserialize<TSpec>(Options)!;
        }
        catch (JsonException exception)
        {
            var field = $"spec{exception.Path?.TrimStart('$')}";
            if (Unmapped().Match(exception.Message) is { Success: true } unknown)
            {
                var name = unknown.Groups["name"].Value;
                field = field.EndsWith($".{name}", StringComparison.Ordinal) ? field : $"{field}.{name}";
                throw new MistakeException(At(field, "is not a field that there is"));
            }

            throw new MistakeException(At(field, Wanted(exception.Message)));
        }
    }

    /// <summary>What is wrong with a field.</summary>
    public Mistake At(string field, string says) => new(File, Place.LineOf(Node, field), $"{Kind} {Name}: {field}: {says}");

    /// <summary>A field of a mapping; null where there is none.</summary>
    public static YamlNode? Child(YamlMappingNode map, string name) =>
        map.Children.FirstOrDefault(child => child.Key is YamlScalarNode key && key.Value == name).Value;

    private static string? Text(YamlMappingNode map, string name) => (Child(map, name) as YamlScalarNode)?.Value;

    private static string Wanted(string message)
    {
        var name = Converted().Match(message).Groups["type"].Value;
        return typeof(Api.PatchWindow).Assembly.GetType(name) is { IsEnum: true } type ? $"must be one of {string.Join(", ", Enum.GetNames(type))}"
            : name.Contains("Boolean", StringComparison.Ordinal) ? "must be true or false"
            : name.Contains("Int", StringComparison.Ordinal) ? "must be a whole number"
            : name.Contains("String", StringComparison.Ordinal) ? "must be a text: write it in quotes"
            : name.Contains("List", StringComparison.Ordinal) ? "must be a list"
            : "cannot be read";
    }

    [GeneratedRegex("^The JSON property '(?<name>[^']*)' could not be mapped")]
    private static partial Regex Unmapped();

    [GeneratedRegex(@"could not be converted to (?<type>[^\s]+?)\.? ")]
    private static partial Regex Converted();
}
