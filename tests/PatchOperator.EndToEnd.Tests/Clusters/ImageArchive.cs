using System.Formats.Tar;
using System.Text.Json.Nodes;
using PatchOperator.EndToEnd.Tests.Objects;

namespace PatchOperator.EndToEnd.Tests.Clusters;

/// <summary>An image as docker save writes it.</summary>
/// <param name="Config">The image's configuration: user, entrypoint, labels.</param>
/// <param name="Files">The mode of every file of every layer, directories apart, by path without a slash in front.</param>
internal sealed record ImageArchive(JsonNode Config, IReadOnlyDictionary<string, UnixFileMode> Files)
{
    public static ImageArchive Read(string archive)
    {
        // The manifest names the others, and may come after them.
        var manifest = JsonNode.Parse(Text(archive, "manifest.json"))![0]!;
        var files = new Dictionary<string, UnixFileMode>();
        foreach (var layer in manifest["Layers"]!.AsArray().Select(layer => layer!.ToString()))
            foreach (var (path, mode) in Layer(archive, layer))
                files[path] = mode;
        return new ImageArchive(JsonNode.Parse(Text(archive, manifest.Text("Config")))!["config"]!, files);
    }

    private static string Text(string archive, string name)
    {
        using var entries = Open(archive, name, out var entry);
        return new StreamReader(entry).ReadToEnd();
    }

    private static IEnumerable<(string Path, UnixFileMode Mode)> Layer(string archive, string name)
    {
        using var entries = Open(archive, name, out var content);
        using var layer = new TarReader(content);
        while (layer.GetNextEntry() is { } entry)
        {
            if (entry.EntryType is not TarEntryType.Directory)
                yield return (entry.Name.TrimStart('.', '/'), entry.Mode);
        }
    }

    private static TarReader Open(string archive, string name, out Stream content)
    {
        var reader = new TarReader(File.OpenRead(archive));
        while (reader.GetNextEntry() is { } entry)
        {
            if (entry.Name == name)
            {
                content = entry.DataStream!;
                return reader;
            }
        }

        throw new InvalidDataException($"{archive} has no {name}");
    }
}
