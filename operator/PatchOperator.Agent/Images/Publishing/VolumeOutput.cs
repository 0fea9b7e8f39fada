using System.Text;
using PatchOperator.Agent.Images.Running;
using PatchOperator.Contract.Images;
using PatchOperator.Registry;

namespace PatchOperator.Agent.Images.Publishing;

/// <summary>
/// Images as files of a volume: <c>VERSION.tar</c> or <c>VERSION.raw</c>, each with <c>.sha256</c> beside it, as sha256sum(1) writes and checks it.
/// </summary>
/// <param name="folder">Where the volume is mounted.</param>
/// <param name="format">What kind of file they are.</param>
/// <param name="superfluous">Images that go once the new one is there.</param>
internal sealed class VolumeOutput(string folder, FileFormat format, IReadOnlyList<KnownImage> superfluous) : IImageOutput
{
    public async Task FetchAsync(string digest, string version, Workspace workspace, CancellationToken stop)
    {
        try
        {
            await using var kept = new ContainedFolder(folder).Find(version + format.Extension).OpenRead();
            await SparseFile.WriteAsync(workspace.PathOf(format.Name), kept, stop);
        }
        catch (InvalidDataException error)
        {
            throw new ImageFailureException(ImageReasons.ImageNotFound, $"the volume does not have the image any more: {error.Message}");
        }

        if (await DigestAsync(workspace.PathOf(format.Name), stop) is var found && found != digest)
            throw new ImageFailureException(
                ImageReasons.ImageNotFound, $"{version}{format.Extension} in the volume is another image now: its digest is {found}, not {digest}");
    }

    public async Task<FoundImage> FindAsync(Workspace workspace, CancellationToken stop)
    {
        var file = format.Find(workspace.Root);
        var digest = await DigestAsync(file.FullName, stop);
        return new FoundImage(digest, file.Length, (version, stopped) => KeepAsync(file, digest, version + format.Extension, stopped));
    }

    /// <summary>The image first, then its checksum: where there is a checksum, the image is whole.</summary>
    private async Task<string> KeepAsync(FileInfo image, string digest, string name, CancellationToken stop)
    {
        try
        {
            if (!File.Exists(PathOf(name)))
                await WriteAsync(name, digest, image.OpenRead, stop);
            else if (await DigestAsync(PathOf(name), stop) != digest)
                throw new ImageFailureException(
                    ImageReasons.InvalidRequest, $"the volume has another image as {name}: put {{digest}} or {{time}} into output.tagTemplate, or remove it");

            var checksum = Encoding.ASCII.GetBytes($"{digest["sha256:".Length..]}  {name}\n");
            await WriteAsync($"{name}.sha256", Digests.Of(checksum), () => new MemoryStream(checksum), stop);
            foreach (var old in superfluous.Where(old => old.Digest != digest))
                Delete(old);
            return $"{name} in the volume";
        }
        catch (UnauthorizedAccessException error)
        {
            throw new ImageFailureException(
                ImageReasons.InvalidRequest, $"the Job may not write to the output's volume, give its group, 65532, the right to: {error.Message}");
        }
    }

    /// <summary>The checksum last, so that what a killed Job has begun is finished by the next. A file without ours beside it is somebody else's.</summary>
    private void Delete(KnownImage image)
    {
        var (file, checksum) = (PathOf(image.Version + format.Extension), PathOf($"{image.Version}{format.Extension}.sha256"));
        if (!File.Exists(checksum) || !File.ReadAllText(checksum).StartsWith(image.Digest["sha256:".Length..], StringComparison.Ordinal))
            return;
        File.Delete(file);
        File.Delete(checksum);
    }

    /// <summary>No file ever has its name with half its content.</summary>
    private async Task WriteAsync(string name, string digest, Func<Stream> open, CancellationToken stop)
    {
        var partial = PathOf($".{name}.partial");
        try
        {
            await using (var content = open())
                await SparseFile.WriteAsync(partial, content, stop);
            if (await DigestAsync(partial, stop) is var found && found != digest)
                throw new ImageFailureException(
                    ImageReasons.RegistryUnavailable, $"{name} was written to the volume with the digest {digest}, and reads back with {found}");
            File.Move(partial, PathOf(name), overwrite: true);
        }
        finally
        {
            File.Delete(partial);
        }
    }

    private static async Task<string> DigestAsync(string path, CancellationToken stop)
    {
        await using var content = File.OpenRead(path);
        return await Digests.OfAsync(content, stop);
    }

    private string PathOf(string name) => Path.Combine(folder, name);
}
