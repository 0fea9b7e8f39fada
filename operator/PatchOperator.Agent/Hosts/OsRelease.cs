namespace PatchOperator.Agent.Hosts;

/// <summary>What a host says it is; see os-release(5).</summary>
/// <param name="Id">ID, such as <c>debian</c>; <c>linux</c> when absent, as the manual page has it.</param>
/// <param name="IdLike">ID_LIKE, the systems it descends from.</param>
/// <param name="VersionId">VERSION_ID, such as <c>12</c>; empty when absent, as in Debian's testing.</param>
/// <param name="PrettyName">PRETTY_NAME.</param>
internal sealed record OsRelease(string Id, IReadOnlyList<string> IdLike, string VersionId, string PrettyName)
{
    private static readonly string[] Paths = ["/etc/os-release", "/usr/lib/os-release"];

    /// <summary>ID and VERSION_ID joined by a dash, or ID alone.</summary>
    public string Family => VersionId.Length == 0 ? Id : $"{Id}-{VersionId}";

    /// <summary>Whether it is one of these systems, or descends from one.</summary>
    public bool IsA(params IEnumerable<string> systems) => systems.Any(system => Id == system || IdLike.Contains(system));

    /// <summary>Reads the host's file; an absent one gives the defaults.</summary>
    public static OsRelease Read(HostRoot root)
    {
        var path = Paths.FirstOrDefault(root.FileExists);
        return Parse(path is null ? "" : File.ReadAllText(root.Locate(path)));
    }

    public static OsRelease Parse(string text)
    {
        var values = text.Split('\n')
            .Select(line => line.Trim().Split('=', 2))
            .Where(pair => pair.Length == 2 && !pair[0].StartsWith('#'))
            .GroupBy(pair => pair[0], pair => Unquote(pair[1]))
            .ToDictionary(group => group.Key, group => group.Last());
        return new OsRelease(
            values.GetValueOrDefault("ID", "linux"),
            values.GetValueOrDefault("ID_LIKE", "").Split(' ', StringSplitOptions.RemoveEmptyEntries),
            values.GetValueOrDefault("VERSION_ID", ""),
            values.GetValueOrDefault("PRETTY_NAME", "Linux"));
    }

    private static string Unquote(string value) =>
        value.Length >= 2 && value[0] is '"' or '\'' && value[^1] == value[0] ? value[1..^1] : value;
}
