using PatchOperator.Agent.Tests.Hosts;
using PatchOperator.Agent.Tests.Running;

namespace PatchOperator.Agent.Tests.Images;

/// <summary>A mirror on loopback with the suites of a Debian: its release, its updates and its security fixes.</summary>
internal sealed class ImageArchive : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("patch-operator-archive-").FullName;

    public ImageArchive()
    {
        Directory.CreateDirectory($"{folder}/pool");
        Directory.CreateSymbolicLink($"{folder}/pool/debian", $"{DebianPackages.Folder}/pool/debian");
        Release().Updates().Security();
        Server = new StaticServer(folder);
    }

    public StaticServer Server { get; }

    public string[] Lines => [ReleaseLine, Line($"{DebianMirror.Suite}-updates"), Line($"{DebianMirror.Suite}-security")];

    public string ReleaseLine => Line(DebianMirror.Suite);

    /// <summary>Puts packages beside those of Debian.</summary>
    public ImageArchive Release(params TestPackage[] packages) =>
        Publish(DebianMirror.Suite, "Debian", File.ReadAllText($"{DebianPackages.Folder}/Packages"), packages);

    public ImageArchive Updates(params TestPackage[] packages) => Publish($"{DebianMirror.Suite}-updates", "Debian", "", packages);

    public ImageArchive Security(params TestPackage[] packages) => Publish($"{DebianMirror.Suite}-security", "Debian-Security", "", packages);

    public void Dispose()
    {
        Server.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private string Line(string suite) => $"deb [trusted=yes] {Server.Url} {suite} main";

    private ImageArchive Publish(string suite, string label, string index, TestPackage[] packages)
    {
        Directory.CreateDirectory($"{folder}/pool/{suite}");
        foreach (var package in packages)
            package.BuildIn($"{folder}/pool/{suite}");
        var architecture = Shell.Run("dpkg", "--print-architecture").Trim();
        var dist = $"{folder}/dists/{suite}";
        Directory.CreateDirectory($"{dist}/main/binary-{architecture}");
        var own = Shell.Run("sh", "-c", "cd \"$1\" && apt-ftparchive packages \"pool/$2\"", "sh", folder, suite);
        File.WriteAllText($"{dist}/main/binary-{architecture}/Packages", index + own);
        File.Delete($"{dist}/Release");
        string[] fields = ["Origin=Debian", $"Label={label}", $"Suite={suite}", $"Codename={suite}", $"Architectures={architecture}", "Components=main"];
        File.WriteAllText(
            $"{dist}/Release",
            Shell.Run("apt-ftparchive", [.. fields.SelectMany(field => new[] { "-o", $"APT::FTPArchive::Release::{field}" }), "release", dist]));
        return this;
    }
}
