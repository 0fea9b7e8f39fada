using System.Globalization;
using PatchOperator.Agent.Hosts;
using PatchOperator.Agent.Images.Roots;
using PatchOperator.Agent.Images.Running;
using PatchOperator.Agent.Packages.Apt;
using PatchOperator.Contract.Grammars;
using PatchOperator.Contract.Images;

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
        WriteMirrors(commands);
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

    /// <summary>They are lines for apt: where packages of another come from, its base image says.</summary>
    private void WriteMirrors(HostCommands image)
    {
        var source = job.Request.Source;
        if (source.Mirrors.Count == 0)
            return;
        if (RootPackages.Of(image, job.Progress) is var packages and not AptPackageManager)
            throw new ImageFailureException(
                ImageReasons.InvalidRequest,
                $"source.mirrors has lines for apt, and the packages of {source.Image} are those of {packages.Name}: leave it out, and name the repositories "
                    + "in the base image");
        AptLines.Write(image.Root, source.Mirrors);
    }

    private async Task<string> FromAsync(CancellationToken stop)
    {
        var image = job.Request.Source.Image!;
        job.Progress.Say($"pulling {image}");
        var logins = new Queue<string>(LoginSecret.Read(ImageWorkspace.PullSecret, "source.pullSecret").ConfigurationsFor(ImageReference.RepositoryOf(image)!));
        var result = await PullAsync(image, logins, stop);
        while (!result.Succeeded && logins.Count > 0 && Reason(result.Errors) == ImageReasons.RegistryDenied)
            result = await PullAsync(image, logins, stop);
        return result.Succeeded ? result.Output.Trim() : throw Explain(image, result.Errors);
    }

    /// <summary>Pulls with the next login, or without where there is none.</summary>
    private async Task<CommandResult> PullAsync(string image, Queue<string> logins, CancellationToken stop)
    {
        var file = Path.Combine(storage, "login.json");
        string[] login = [];
        if (logins.TryDequeue(out var configuration))
        {
            var options = new FileStreamOptions
            {
                Mode = FileMode.Create,
                Access = FileAccess.Write,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            };
            await using (var writer = new StreamWriter(file, options))
                await writer.WriteAsync(configuration);
            login = ["--authfile", file];
        }

        var command = Buildah(["from", "--quiet", $"--tls-verify={(job.Request.Source.Insecure ? "false" : "true")}", .. login, "docker://" + image]);
        var result = await Tools.TryAsync(command, stop);
        File.Delete(file);
        Tools.ThrowIfDiskFull(command, result);
        return result;
    }

    private static ImageFailureException Explain(string image, string errors)
    {
        var last = errors.Split('\n', StringSplitOptions.RemoveEmptyEntries).LastOrDefault("");
        return new ImageFailureException(Reason(errors), $"cannot pull the base image {image}: {AptMessages.Tail(last)}");
    }

    private static string Reason(string errors)
    {
        return Missing.Any(Says) ? ImageReasons.RecipeFailed : Denied.Any(Says) ? ImageReasons.RegistryDenied : ImageReasons.RegistryUnavailable;

        bool Says(string text) => errors.Contains(text, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>vfs needs no right to mount overlays over overlays, which a container's own root is.</summary>
    private HostCommand Buildah(params IReadOnlyList<string> arguments) =>
        new("env", [$"TMPDIR={storage}", "buildah", "--root", $"{storage}/root", "--runroot", $"{storage}/run", "--storage-driver", "vfs", .. arguments]);
}
