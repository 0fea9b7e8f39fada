using PatchOperator.Agent.Tests.Hosts;
using PatchOperator.Agent.Tests.Running;
using PatchOperator.Contract.Images;

namespace PatchOperator.Agent.Tests.Images;

/// <summary>A workspace that holds an image as a builder of any kind may have left it: a tar archive of a root file system.</summary>
internal static class TarImage
{
    private static readonly Lazy<string> Plain = new(() =>
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("patch-operator-tar-").FullName, "rootfs.tar");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
        return Pack(BaseSystem.Debian.Path, file);
    });

    public static ImageRequest Request { get; } = new() { Baseline = "worker", Builder = ImageRequestBuilder.Custom, Output = new() { Format = ImageRequestFormat.Tar } };

    /// <summary>A plain Debian.</summary>
    public static ImageWorkspaceFolder Debian()
    {
        var workspace = new ImageWorkspaceFolder();
        File.Copy(Plain.Value, workspace.PathOf(ImageWorkspace.Tar));
        return workspace;
    }

    public static ImageWorkspaceFolder Of(string root)
    {
        var workspace = new ImageWorkspaceFolder();
        Pack(root, workspace.PathOf(ImageWorkspace.Tar));
        return workspace;
    }

    private static string Pack(string root, string file)
    {
        Shell.Run("tar", "--create", "--one-file-system", "--directory", root, "--file", file, ".");
        return file;
    }
}
