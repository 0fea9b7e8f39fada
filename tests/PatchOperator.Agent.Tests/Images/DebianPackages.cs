using PatchOperator.Agent.Tests.Hosts;
using PatchOperator.Agent.Tests.Running;

namespace PatchOperator.Agent.Tests.Images;

/// <summary>The packages of a minimal Debian, downloaded once and kept between runs.</summary>
internal static class DebianPackages
{
    /// <summary>Part of the cache's key: change it when the recipe below changes.</summary>
    private const string Recipe = "1";

    private static readonly Lazy<string> Made = new(Make);

    /// <summary>Holds <c>pool/debian/*.deb</c> and <c>Packages</c>, an index of them.</summary>
    public static string Folder => Made.Value;

    private static string Make()
    {
        var folder = $"{Path.GetDirectoryName(BaseSystem.Debian.Path)}/agent-packages-{DebianMirror.Suite}-{Recipe}";
        return Directory.Exists(folder) ? folder : Download(folder);
    }

    private static string Download(string folder)
    {
        var making = $"{folder}.{Environment.ProcessId}";
        Directory.CreateDirectory($"{making}/pool");
        Shell.Run("debootstrap", "--download-only", "--variant=minbase", DebianMirror.Suite, $"{making}/root", DebianMirror.Main);
        Directory.Move($"{making}/root/var/cache/apt/archives", $"{making}/pool/debian");
        Shell.Run("rm", "-rf", $"{making}/root", $"{making}/pool/debian/partial");
        File.WriteAllText($"{making}/Packages", Shell.Run("sh", "-c", "cd \"$1\" && apt-ftparchive packages pool/debian", "sh", making));
        Directory.Move(making, folder);
        return folder;
    }
}
