using System.Text.Json.Nodes;
using PatchOperator.Api;

namespace PatchOperator.Integration.Tests.Crds;

/// <summary>The files of config/ and examples/ that hold objects of our kinds.</summary>
internal static class Samples
{
    public static IEnumerable<string> Files => new[] { "config", "examples" }
        .SelectMany(folder => Directory.EnumerateFiles(Repository.PathOf(folder), "*.yaml", SearchOption.AllDirectories))
        .Where(file => Ours(file).Any())
        .Select(file => Path.GetRelativePath(Repository.Root, file))
        .Order(StringComparer.Ordinal);

    public static IEnumerable<JsonObject> OfOurs() => Files.SelectMany(In);

    public static IEnumerable<JsonObject> In(string file) => Ours(Repository.PathOf(file));

    private static IEnumerable<JsonObject> Ours(string path) =>
        YamlText.Documents(File.ReadAllText(path)).Where(document => document["apiVersion"]?.ToString() == ApiGroup.GroupVersion);
}
