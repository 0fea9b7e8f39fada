using PatchOperator.Agent.Hosts;

namespace PatchOperator.Agent.Packages.Apt;

/// <summary>The file by which packages ask for a reboot, and who asked: Debian's and Ubuntu's update-notifier convention.</summary>
internal static class RebootRequiredFile
{
    private static readonly string[] Paths = ["/run/reboot-required", "/var/run/reboot-required"];

    /// <summary>Null when there is no such file.</summary>
    public static string? Because(HostRoot root)
    {
        if (Paths.FirstOrDefault(root.FileExists) is not { } path)
            return null;
        var names = root.FileExists(path + ".pkgs")
            ? File
                .ReadLines(root.Locate(path + ".pkgs"))
                .Select(line => line.Trim())
                .Where(line => line.Length > 0)
                .Distinct()
                .Order(StringComparer.Ordinal)
                .ToList()
            : [];
        return names.Count == 0 ? $"{path} exists" : $"{path} was set by {string.Join(", ", names)}";
    }
}
