using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace PatchOperator.Cli.Files;

/// <summary>A file of objects: several documents, lists of objects, YAML or JSON.</summary>
internal static class ManifestFile
{
    /// <summary>The name that stands for standard input.</summary>
    public const string StandardInput = "-";

    /// <summary>The objects in it.</summary>
    /// <exception cref="MistakeException">It cannot be read.</exception>
    public static IReadOnlyList<Manifest> Read(string file)
    {
        try
        {
            using var reader = file == StandardInput ? Console.In : File.OpenText(file);
            var stream = new YamlStream();
            stream.Load(reader);
            return [.. stream.Documents.SelectMany(document => Objects(file, document.RootNode))];
        }
        catch (YamlException exception)
        {
            throw new MistakeException(new Mistake(file, exception.Start.Line, exception.InnerException?.Message ?? exception.Message));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new MistakeException(new Mistake(file, 0, exception.Message));
        }
    }

    private static IEnumerable<Manifest> Objects(string file, YamlNode node)
    {
        if (node is YamlScalarNode { Value: "" or null or "null" or "~" })
            return [];
        if (node is not YamlMappingNode map)
            throw new MistakeException(new Mistake(file, node.Start.Line, "is not an object with kind, metadata and spec"));
        var manifest = new Manifest(file, map);
        if (!manifest.Kind.EndsWith("List", StringComparison.Ordinal) || Manifest.Child(map, "items") is not { } items)
            return [manifest];
        return items is YamlSequenceNode list ? list.Children.SelectMany(item => Objects(file, item)) : [];
    }
}
