using PatchOperator.Agent.Images.Running;
using PatchOperator.Contract.Images;
using PatchOperator.Registry;

namespace PatchOperator.Agent.Images.Publishing;

/// <summary>Images in a repository of a registry.</summary>
/// <param name="repository">For messages.</param>
/// <param name="registry">The repository.</param>
/// <param name="format">What kind of file they are; null: they are OCI images.</param>
internal sealed class RegistryOutput(string repository, RegistryClient registry, FileFormat? format) : IImageOutput
{
    public Task FetchAsync(string digest, string version, Workspace workspace, CancellationToken stop) => GuardAsync(async () =>
    {
        var manifest = await registry.GetManifestAsync(digest, stop)
            ?? throw new ImageFailureException(ImageReasons.ImageNotFound, $"{repository} has no image {digest} any more ({version})");
        if (format is null)
            await FetchLayoutAsync(manifest, workspace, stop);
        else
            await FetchFileAsync(manifest, workspace.PathOf(format.Name), stop);
        return manifest;
    });

    public async Task<FoundImage> FindAsync(Workspace workspace, CancellationToken stop)
    {
        var image = format is null ? await LayoutAsync(workspace, stop) : await ArtifactAsync(format, workspace, stop);
        return new FoundImage(image.Manifest.Digest, image.Manifest.LayersSize, (version, stopped) => GuardAsync(async () =>
        {
            await registry.PushAsync(image, version, stopped);
            return $"{repository}:{version}";
        }));
    }

    private async Task FetchLayoutAsync(OciManifest manifest, Workspace workspace, CancellationToken stop)
    {
        if (manifest.IsIndex)
            throw Other(manifest, "several images under one digest");
        if (Directory.Exists(workspace.OciLayout))
            Directory.Delete(workspace.OciLayout, recursive: true);
        await OciLayout.WriteAsync(workspace.OciLayout, registry, manifest, stop);
    }

    private async Task FetchFileAsync(OciManifest manifest, string path, CancellationToken stop)
    {
        if (manifest.Layers is not [var layer])
            throw Other(manifest, "no image of one file");
        await using var content = await registry.OpenBlobAsync(layer, stop);
        await SparseFile.WriteAsync(path, content, stop);
    }

    private ImageFailureException Other(OciManifest manifest, string what) =>
        new(ImageReasons.ImageNotFound, $"what {repository} has under {manifest.Digest} is {what}: this baseline has not put it there");

    private static async Task<OciImage> LayoutAsync(Workspace workspace, CancellationToken stop)
    {
        if (!Directory.Exists(workspace.OciLayout) || new DirectoryInfo(workspace.OciLayout).LinkTarget is not null)
            throw new InvalidDataException($"{ImageWorkspace.OciLayout} is no folder, and should be an OCI image layout");
        try
        {
            return await OciLayout.ReadAsync(workspace.OciLayout, stop);
        }
        catch (InvalidDataException error)
        {
            throw new InvalidDataException($"{ImageWorkspace.OciLayout}/{error.Message}", error);
        }
    }

    private static async Task<OciImage> ArtifactAsync(FileFormat format, Workspace workspace, CancellationToken stop)
    {
        var file = format.Find(workspace.Root);
        await using var content = file.OpenRead();
        var descriptor = new OciDescriptor(format.MediaType, await Digests.OfAsync(content, stop), file.Length);
        return OciImage.Artifact(format.ArtifactType, format.Name, descriptor, file.OpenRead);
    }

    private static async Task<T> GuardAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (RegistryException error)
        {
            throw new ImageFailureException(error.Problem switch
            {
                RegistryProblem.Denied => ImageReasons.RegistryDenied,
                RegistryProblem.TooLarge => ImageReasons.ImageTooLarge,
                RegistryProblem.Refused => ImageReasons.InvalidRequest,
                // A byte that was lost on the way is there the next time.
                _ => ImageReasons.RegistryUnavailable,
            }, error.Message);
        }
    }
}
