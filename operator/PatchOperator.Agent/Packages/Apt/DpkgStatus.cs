using System.Globalization;

namespace PatchOperator.Agent.Packages.Apt;

/// <summary>Reads what dpkg-query(1) says of the installed packages.</summary>
internal static class DpkgStatus
{
    public const string Format = @"${Package}\t${Architecture}\t${Version}\t${db:Status-Want}\t${db:Status-Status}\t${db:Status-Eflag}\t${Installed-Size}\n";

    /// <summary>States of a package whose files are on disk. Left-over configuration files are no package.</summary>
    private static readonly HashSet<string> Present = ["installed", "triggers-pending", "triggers-awaited", "half-configured", "unpacked", "half-installed"];

    /// <param name="output">Lines of <see cref="Format"/>.</param>
    /// <param name="native">The host's own architecture.</param>
    /// <param name="automatic">Names marked as automatically installed.</param>
    public static IReadOnlyList<InstalledPackage> Parse(string output, string native, IReadOnlySet<string> automatic) =>
        [.. output.Split('\n')
            .Select(line => line.Split('\t'))
            .Where(fields => fields.Length == 7 && Present.Contains(fields[4]))
            .Select(fields => ToPackage(fields, native, automatic))
            .OrderBy(package => package.Name, StringComparer.Ordinal)];

    /// <summary>The name as apt prints and takes it.</summary>
    public static string QualifiedName(string name, string architecture, string native) =>
        architecture == native || architecture == "all" ? name : $"{name}:{architecture}";

    private static InstalledPackage ToPackage(string[] fields, string native, IReadOnlySet<string> automatic)
    {
        var name = QualifiedName(fields[0], fields[1], native);
        var state = fields[5] == "ok" ? fields[4] : $"{fields[4]}, {fields[5]}";
        _ = long.TryParse(fields[6], CultureInfo.InvariantCulture, out var size);
        return new InstalledPackage(name, fields[2], state, fields[3] == "hold", automatic.Contains(name), size);
    }
}
