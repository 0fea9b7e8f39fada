using System.Globalization;
using PatchOperator.Agent.Packages.Rpm;

namespace PatchOperator.Agent.Packages.Dnf;

/// <summary>A package that a repository has.</summary>
/// <param name="Name">As it is shown, see <see cref="RpmDatabase.QualifiedName"/>.</param>
/// <param name="Version">Epoch, version and release.</param>
/// <param name="Nevra">All that tells it from others, as dnf takes it.</param>
/// <param name="FileName">That of its file, as rpmbuild names it.</param>
/// <param name="Repository">The ID of its repository.</param>
/// <param name="Vendor">Who has made it; empty where it does not say.</param>
/// <param name="DownloadBytes">What it takes in the cache.</param>
/// <param name="InstalledBytes">What it takes when installed, as its maker says.</param>
internal sealed record DnfOffer(
    string Name, string Version, string Nevra, string FileName, string Repository, string Vendor, long DownloadBytes, long InstalledBytes)
{
    /// <summary>dnf 5 knows no escapes but that of a line feed; dnf 4 ends each line itself as well.</summary>
    public const string Format = "%{name}\t%{arch}\t%{epoch}\t%{version}\t%{release}\t%{repoid}\t%{vendor}\t%{downloadsize}\t%{installsize}\n";

    /// <param name="output">Lines of <see cref="Format"/>.</param>
    /// <param name="native">The host's architecture.</param>
    public static IReadOnlyList<DnfOffer> ParseAll(string output, string native) =>
        [
            .. output.Split('\n').Select(line => line.Split('\t')).Where(fields => fields.Length == 9 && fields[1] is not ("src" or "nosrc"))
                .Select(fields => Parse(fields, native)),
        ];

    private static DnfOffer Parse(string[] fields, string native) => new(
        RpmDatabase.QualifiedName(fields[0], fields[1], native),
        RpmDatabase.Evr(fields[2], fields[3], fields[4]),
        $"{fields[0]}-{fields[2]}:{fields[3]}-{fields[4]}.{fields[1]}",
        $"{fields[0]}-{fields[3]}-{fields[4]}.{fields[1]}.rpm",
        fields[5],
        fields[6] is "(none)" or "None" or "<NULL>" ? "" : fields[6],
        Bytes(fields[7]),
        Bytes(fields[8]));

    private static long Bytes(string field) => long.TryParse(field, CultureInfo.InvariantCulture, out var bytes) ? bytes : 0;
}
