namespace PatchOperator.Contract;

/// <summary>What the maker of packages says of a defect that updates mend.</summary>
/// <param name="Id">Its name, such as <c>RHSA-2026:1234</c> or <c>openSUSE-SLE-15.6-2026-77</c>.</param>
/// <param name="Severity">How bad it is; null where its maker does not say.</param>
/// <param name="Cves">The vulnerabilities that it mends, such as <c>CVE-2026-0001</c>.</param>
public sealed record Advisory(string Id, Severity? Severity, IReadOnlyList<string> Cves);
