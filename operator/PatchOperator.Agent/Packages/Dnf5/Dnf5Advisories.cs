using System.Text.Json;
using PatchOperator.Agent.Packages.Dnf;
using PatchOperator.Agent.Packages.Rpm;
using PatchOperator.Contract;

namespace PatchOperator.Agent.Packages.Dnf5;

/// <summary>Reads what dnf 5 says of advisories.</summary>
internal static class Dnf5Advisories
{
    /// <param name="list">What <c>dnf5 advisory list --json</c> prints.</param>
    /// <param name="info">What <c>dnf5 advisory info --json</c> prints.</param>
    /// <param name="native">The host's architecture.</param>
    public static DnfAdvisories Parse(string list, string info, string native) => DnfAdvisories.Of(
        Dnf5Json.Read(list).Select(entry => ToFix(entry, native)).OfType<DnfAdvisories.Fix>(), Dnf5Json.Read(info).Select(ToAdvisory));

    private static DnfAdvisories.Fix? ToFix(JsonElement entry, string native) => DnfAdvisories.Fix.Of(
        Dnf5Json.Text(entry, "name"), Dnf5Json.Text(entry, "nevra"), native, Dnf5Json.Text(entry, "type") == "security", Dnf5Json.Text(entry, "severity"));

    private static Advisory ToAdvisory(JsonElement entry) => new(
        Dnf5Json.Text(entry, "Name"),
        RpmSeverity.Parse(Dnf5Json.Text(entry, "Severity")),
        [.. References(entry).Where(IsCve).Select(cve => Dnf5Json.Text(cve, "Id"))]);

    private static IEnumerable<JsonElement> References(JsonElement entry) =>
        entry.TryGetProperty("references", out var references) ? Dnf5Json.Objects(references) : [];

    private static bool IsCve(JsonElement reference) => Dnf5Json.Text(reference, "Type") == "cve";
}
