using PatchOperator.Agent.Tests.Running;

namespace PatchOperator.Agent.Tests.Hosts;

/// <summary>Where this machine gets Debian from.</summary>
internal static class DebianMirror
{
    public const string Suite = "bookworm";

    public static string Main { get; } = Find("Debian", Suite) ?? "http://deb.debian.org/debian";

    public static string Security { get; } = Find("Debian-Security", Suite + "-security") ?? "http://deb.debian.org/debian-security";

    /// <summary>The machine's own proxy settings, as lines of apt.conf(5).</summary>
    public static string AptConfiguration { get; } =
        string.Concat(
            Shell.Run("apt-config", "dump").Split('\n').Where(line => line.Contains("::Proxy", StringComparison.OrdinalIgnoreCase)).Select(line => line + "\n"));

    private static string? Find(string label, string codename) =>
        Shell.Run("apt-get", "indextargets", "--format", "$(LABEL) $(CODENAME) $(REPO_URI)", "Created-By: Packages").Split('\n')
            .Select(line => line.Split(' '))
            .FirstOrDefault(fields => fields.Length == 3 && fields[0] == label && fields[1] == codename)?[2].TrimEnd('/');
}
