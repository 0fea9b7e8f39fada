using System.Globalization;
using PatchOperator.Contract.Images;
using PatchOperator.Agent.Hosts;
using PatchOperator.Agent.Images.Roots;
using PatchOperator.Agent.Images.Running;
using PatchOperator.Agent.Packages.Apt;

namespace PatchOperator.Agent.Images.Building;

/// <summary>A base image with one more layer, by buildah(1), whose storage is a folder of the workspace.</summary>
internal sealed class BuildahBuilder(ImageJob job) : IImageBuilder
{
    private static readonly string[] Missing = ["manifest unknown", "name unknown", "not found", "no image found"];
    private static readonly string[] Denied = ["unauthorized", "authentication required", "denied", "status 401", "status 403"];

    private readonly string storage = job.Workspace.PathOf("buildah");
    private string container = "";

    public async Task<HostCommands> MakeAsync(CancellationToken stop)
    {
        await Tools.MakeFolderAsync(storage, stop);
        container = await FromAsync(stop);
        var root = (await Tools.RunAsync(Buildah("mount", container), stop)).Trim();
        var commands = ImageRoot.Commands(root, job.Request);
        if (job.Request.Source.Mirrors.Count > 0)
            AptLines.Write(commands.Root, job.Request.Source.Mirrors);
        await new PackageRecipe(job, commands).ApplyAsync(stop);
        return commands;
    }

    public async Task WriteOciAsync(string layout, CancellationToken stop)
    {
        job.Progress.Say("committing the layer");
        await Tools.RunAsync(
            Buildah(
                "commit", "--quiet", "--format", "oci", "--timestamp", job.Request.SourceDateEpoch.ToString(CultureInfo.InvariantCulture), container,
                $"oci:{layout}:latest"),
            stop);
    }

    public async ValueTask DisposeAsync() => await Tools.RemoveAsync(storage);

    private async Task<string> FromAsync(CancellationToken stop)
    {
        var image = job.Request.Source.Image!;
        job.Progress.Say($"pulling {image}");
        string[] login = File.Exists(ImageWorkspace.PullSecret) ? ["--authfile", ImageWorkspace.PullSecret] : [];
        var command = Buildah(["from", "--quiet", $"--tls-verify={(job.Request.Source.Insecure ? "false" : "true")}", .. login, "docker://" + image]);
        var result = await Tools.TryAsync(command, stop);
        Tools.ThrowIfDiskFull(command, result);
        return result.Succeeded ? result.Output.Trim() : throw Explain(image, result.Errors);
    }

    private static ImageFailureException Explain(string image, string errors)
    {
        var reason = Missing.Any(Says) ? ImageReasons.RecipeFailed : Denied.Any(Says) ? ImageReasons.RegistryDenied : ImageReasons.RegistryUnavailable;
        return new ImageFailureException(
            reason, $"cannot pull the base image {image}: {AptMessages.Tail(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries).LastOrDefault(""))}");

        bool Says(string text) => errors.Contains(text, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>vfs needs no right to mount overlays over overlays, which a container's own root is.</summary>
    private HostCommand Buildah(params IReadOnlyList<string> arguments) =>
        new("env", [$"TMPDIR={storage}", "buildah", "--root", $"{storage}/root", "--runroot", $"{storage}/run", "--storage-driver", "vfs", .. arguments]);
}
