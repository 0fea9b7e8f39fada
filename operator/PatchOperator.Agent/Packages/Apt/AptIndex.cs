namespace PatchOperator.Agent.Packages.Apt;

/// <summary>An index of packages that is configured on the host, whether it was ever fetched or not.</summary>
/// <param name="File">Where apt keeps it, on the host.</param>
/// <param name="Key">What the archive's Release file calls it, such as <c>main/binary-amd64/Packages</c>.</param>
/// <param name="Name">What apt calls it, such as <c>http://deb.debian.org/debian bookworm/main amd64 Packages</c>.</param>
internal sealed record AptIndex(string File, string Key, string Name)
{
    public const string Format = "$(FILENAME)\t$(METAKEY)\t$(DESCRIPTION)";

    /// <summary>Where apt keeps the archive's Release file: signed inside or beside.</summary>
    public IReadOnlyList<string> ReleaseFiles
    {
        get
        {
            var key = Key.Replace('/', '_');
            var stem = File.EndsWith(key, StringComparison.Ordinal) ? File[..^key.Length] : File;
            return [stem + "InRelease", stem + "Release"];
        }
    }

    /// <summary>Reads lines of <see cref="Format"/>.</summary>
    public static IReadOnlyList<AptIndex> ParseAll(string output) =>
        [
            .. output
                .Split('\n')
                .Select(line => line.Split('\t'))
                .Where(fields => fields.Length == 3)
                .Select(fields => new AptIndex(fields[0], fields[1], fields[2])),
        ];
}
