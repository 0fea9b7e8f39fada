namespace PatchOperator.Agent.Packages.Apt;

/// <summary>Reads one paragraph of a control file, see deb822(5); only fields of one line.</summary>
internal static class AptStanza
{
    public static IReadOnlyDictionary<string, string> Parse(string text) =>
        text.Split('\n')
            .Where(line => line.Length > 0 && !char.IsWhiteSpace(line[0]))
            .Select(line => line.Split(':', 2))
            .Where(pair => pair.Length == 2)
            .GroupBy(pair => pair[0], pair => pair[1].Trim())
            .ToDictionary(group => group.Key, group => group.First());
}
