namespace PatchOperator.EndToEnd.Tests.Clusters;

/// <summary>What a machine needs to run these tests.</summary>
internal static class Prerequisites
{
    /// <summary>Fails with all that is missing, in words.</summary>
    public static void Require()
    {
        var missing = Missing().ToList();
        if (missing.Count > 0)
            throw new InvalidOperationException($"end-to-end tests cannot run here: {string.Join("; ", missing)}. See tests/cluster/README.md");
    }

    private static IEnumerable<string> Missing()
    {
        if (!OperatingSystem.IsLinux())
            yield return "they need Linux";
        if (!Environment.IsPrivilegedProcess)
            yield return "they need root, for Docker and for nodes that run systemd";
        if (!OnPath("apt-get"))
            yield return "they need a Debian machine: the nodes and Kubernetes are made from its packages";
        if (!OnPath("setsid"))
            yield return "they need setsid (Debian package util-linux)";
        if (Images.Given is { } given && new[] { given.Operator, given.Tools }.FirstOrDefault(archive => !File.Exists(archive)) is { } archive)
            yield return $"{Images.FolderVariable} names a folder without {Path.GetFileName(archive)}";
    }

    private static bool OnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(directory => File.Exists(Path.Combine(directory, program)));
}
