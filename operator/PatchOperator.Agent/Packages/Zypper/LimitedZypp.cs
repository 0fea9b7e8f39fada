using PatchOperator.Agent.Hosts;

namespace PatchOperator.Agent.Packages.Zypper;

/// <summary>The host's zypp.conf(5) with a bound on how fast zypper downloads, in a file of its own while it is needed.</summary>
internal sealed class LimitedZypp : IDisposable
{
    private const string Original = "/etc/zypp/zypp.conf";
    private const string Setting = "download.max_download_speed";

    private readonly string file;

    public LimitedZypp(HostRoot root, long bytesPerSecond)
    {
        file = root.Locate(HostPath);
        var lines = root.FileExists(Original) ? File.ReadAllLines(root.Locate(Original)) : [];
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllLines(
            file, [.. lines.Where(line => !line.TrimStart().StartsWith(Setting, StringComparison.Ordinal)), "[main]", $"{Setting} = {bytesPerSecond}"]);
    }

    public string HostPath { get; } = $"{StagedFiles.Folder}/zypp.conf";

    public void Dispose() => File.Delete(file);
}
