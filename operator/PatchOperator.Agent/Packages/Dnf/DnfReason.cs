namespace PatchOperator.Agent.Packages.Dnf;

/// <summary>Why a package is on the host: because somebody wanted it, or because another needed it.</summary>
/// <param name="Package">Its name, without the architecture.</param>
/// <param name="Architecture">Its architecture.</param>
/// <param name="Automatic">Whether it came as a dependency.</param>
internal sealed record DnfReason(string Package, string Architecture, bool Automatic)
{
    public const string Format = "%{name}\t%{arch}\t%{reason}\n";

    /// <param name="output">Lines of <see cref="Format"/>.</param>
    public static IReadOnlyList<DnfReason> ParseAll(string output) =>
        [
            .. output.Split('\n').Select(line => line.Split('\t')).Where(fields => fields.Length == 3)
                .Select(fields => new DnfReason(fields[0], fields[1], IsAutomatic(fields[2].Trim()))),
        ];

    /// <summary>In the words of dnf 4 and of dnf 5.</summary>
    private static bool IsAutomatic(string reason) => reason is "dependency" or "weak-dependency" or "Dependency" or "Weak Dependency";
}
