using System.Text.Json;
using PatchOperator.Agent.Packages.Dnf;

namespace PatchOperator.Agent.Packages.Dnf5;

/// <summary>Reads what dnf 5 says of repositories. It downloads what is on the host itself as well.</summary>
internal static class Dnf5Repositories
{
    /// <param name="output">What <c>dnf5 repo info --json</c> prints.</param>
    public static DnfRepositories Parse(string output)
    {
        var enabled = Dnf5Json.Read(output).Where(entry => Dnf5Json.Text(entry, "id") is not ("" or Dnf5Options.Nothing))
            .ToLookup(entry => RefreshedAt(entry) is not null);
        return new DnfRepositories([.. enabled[true].Select(Parse)], [.. enabled[false].Select(entry => Dnf5Json.Text(entry, "id"))]);
    }

    private static DnfRepository Parse(JsonElement entry)
    {
        string[] addresses = [Dnf5Json.Text(entry, "base_url"), Dnf5Json.Text(entry, "metalink"), Dnf5Json.Text(entry, "mirrorlist")];
        return new DnfRepository(
            Dnf5Json.Text(entry, "id"), Dnf5Json.Text(entry, "name"), addresses.FirstOrDefault(address => address.Length > 0) ?? "", RefreshedAt(entry));
    }

    /// <summary>Null where it was never read.</summary>
    private static DateTimeOffset? RefreshedAt(JsonElement entry) =>
        entry.TryGetProperty("timestamp", out var time) && time.ValueKind == JsonValueKind.Number && time.TryGetInt64(out var seconds)
        && seconds > 0 && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;
}
