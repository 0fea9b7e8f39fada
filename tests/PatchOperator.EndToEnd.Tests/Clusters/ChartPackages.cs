using System.Text.RegularExpressions;

namespace PatchOperator.EndToEnd.Tests.Clusters;

/// <summary>The chart as a package, and the one that came before it.</summary>
/// <param name="Before">An older version, in which the CustomResourceDefinition of windows has a column less.</param>
/// <param name="Now">That of the working tree.</param>
internal sealed partial record ChartPackages(string Before, string Now)
{
    /// <summary>The column that the older version lacks.</summary>
    public const string NewColumn = "Duration";

    private const string Windows = "files/crds/patchoperator.io_patchwindows.yaml";

    /// <param name="folder">Where they go.</param>
    public static async Task<ChartPackages> MakeAsync(string folder)
    {
        var chart = Repository.PathOf("charts/patch-operator");
        var older = Path.Combine(folder, "older");
        (await Command.RunAsync("cp", ["--recursive", chart, older])).Succeeded();
        Replace(Path.Combine(older, "Chart.yaml"), Version(), "version: 0.0.1");
        Replace(Path.Combine(older, Windows), Column(), "");
        return new ChartPackages(Package(older, folder), Package(chart, folder));
    }

    private static string Package(string chart, string folder) => Helm.Four.Run("package", chart, $"--destination={folder}").Split(": ")[1].Trim();

    private static void Replace(string file, Regex what, string by)
    {
        var text = File.ReadAllText(file);
        Assert.Single(what.Matches(text));
        File.WriteAllText(file, what.Replace(text, by));
    }

    [GeneratedRegex("^version: .*$", RegexOptions.Multiline)]
    private static partial Regex Version();

    [GeneratedRegex($"^ +- name: {NewColumn}\n(?: +[^- ].*\n)+", RegexOptions.Multiline)]
    private static partial Regex Column();
}
