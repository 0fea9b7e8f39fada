using PatchOperator.Agent.Hosts;

namespace PatchOperator.Agent.Packages.Zypper;

/// <summary>What libzypp lets be there in several versions, by zypp.conf: names of packages, or what they provide. No command of zypper's tells it.</summary>
internal sealed class ZypperMultiversion(HostRoot root)
{
    private const string Configuration = "/etc/zypp/zypp.conf";
    private const string Folder = "/etc/zypp/multiversion.d";
    private const string Provides = "provides:";

    /// <summary>As rpm takes them.</summary>
    public IReadOnlyList<string> Specs =>
    [
        .. Lines(Configuration).Select(line => line.Split('=', 2))
            .Where(pair => pair.Length == 2 && pair[0].Trim() == "multiversion")
            .SelectMany(pair => pair[1].Split([',', ' ', '\t'], StringSplitOptions.RemoveEmptyEntries))
            .Concat(Files.SelectMany(Lines))
            .Select(spec => spec.StartsWith(Provides, StringComparison.Ordinal) ? spec[Provides.Length..] : spec)
            .Distinct(),
    ];

    private IEnumerable<string> Files => root.DirectoryExists(Folder)
        ? Directory.EnumerateFiles(root.Locate(Folder)).Select(file => $"{Folder}/{Path.GetFileName(file)}")
        : [];

    private IEnumerable<string> Lines(string file) => root.FileExists(file)
        ? File.ReadLines(root.Locate(file)).Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#')
        : [];
}
