namespace PatchOperator.EndToEnd.Tests.Clusters;

/// <summary>A package repository that the nodes use, as a line of sources.list has it.</summary>
internal sealed record AptSource(string Uri, string Suite, string Components)
{
    public string Line => $"deb {Uri} {Suite} {Components}";

    public bool IsSecurity => Suite.Contains("security", StringComparison.Ordinal);

    /// <summary>Those of a node, which are those of this machine.</summary>
    public static async Task<IReadOnlyList<AptSource>> OfAsync(NodeMachines machines, string node) =>
    [
        .. (await machines.ShellAsync(node, "cat /etc/apt/sources.list")).Split('\n')
            .Select(line => line.Split(' ', 4))
            .Where(words => words is ["deb", _, _, _])
            .Select(words => new AptSource(words[1], words[2], words[3])),
    ];
}
