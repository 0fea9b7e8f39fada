using System.Xml.Linq;

namespace PatchOperator.Agent.Tests.Rpm;

/// <summary>An entry of a repository's updateinfo: what its maker says of the packages that mend something.</summary>
/// <param name="Id">Such as <c>TEST-2026:1</c>.</param>
/// <param name="Type"><c>security</c>, <c>bugfix</c>, <c>enhancement</c> or <c>recommended</c>.</param>
/// <param name="Severity">In the maker's words, such as <c>Important</c>; empty where there is none.</param>
/// <param name="Cves">What it mends.</param>
/// <param name="Packages">The packages that mend it.</param>
internal sealed record RpmAdvisory(string Id, string Type, string Severity, IReadOnlyList<string> Cves, params IReadOnlyList<RpmPackage> Packages)
{
    public static RpmAdvisory Security(string id, string severity, string cve, params RpmPackage[] packages) => new(id, "security", severity, [cve], packages);

    public XElement Xml => new(
        "update",
        new XAttribute("from", "security@example.org"),
        new XAttribute("status", "final"),
        new XAttribute("type", Type),
        new XAttribute("version", "1"),
        new XElement("id", Id),
        new XElement("title", $"an update for {string.Join(", ", Packages.Select(package => package.Name))}"),
        Severity.Length > 0 ? new XElement("severity", Severity) : null,
        new XElement("release", "test"),
        new XElement("issued", new XAttribute("date", "2026-11-01 12:00:00")),
        new XElement("references", Cves.Select(cve => new XElement(
            "reference", new XAttribute("href", $"https://example.org/{cve}"), new XAttribute("id", cve), new XAttribute("title", cve), new XAttribute("type", "cve")))),
        new XElement("description", "a test"),
        new XElement("pkglist", new XElement(
            "collection", new XAttribute("short", "test"), new XElement("name", "test"), Packages.Select(Package))));

    private static XElement Package(RpmPackage package) => new(
        "package",
        new XAttribute("name", package.Name),
        new XAttribute("epoch", package.Parts.Epoch),
        new XAttribute("version", package.Parts.Version),
        new XAttribute("release", package.Parts.Release),
        new XAttribute("arch", package.Architecture),
        new XElement("filename", package.FileName));
}
