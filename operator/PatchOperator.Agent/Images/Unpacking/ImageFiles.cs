using PatchOperator.Agent.Hosts;
using PatchOperator.Agent.Images.Running;
using PatchOperator.Agent.Packages.Apt;
using PatchOperator.Contract.Images;

namespace PatchOperator.Agent.Images.Unpacking;

/// <summary>Files that a builder, perhaps somebody else's, has left.</summary>
internal static class ImageFiles
{
    public static ImageFailureException Invalid(string message) => new(ImageReasons.ResultInvalid, message);

    /// <summary>A link could name any file of this container.</summary>
    /// <exception cref="ImageFailureException">ResultInvalid.</exception>
    public static void Require(string file)
    {
        if (!File.Exists(file) || new FileInfo(file).LinkTarget is not null)
            throw Invalid($"the builder has left no file {file}");
    }

    /// <summary>Runs a tool that fails only for what the file holds, or for a full disk.</summary>
    /// <param name="what">What it shows when it fails.</param>
    /// <param name="command">The tool.</param>
    /// <param name="stop">Ends it.</param>
    /// <returns>What it says.</returns>
    /// <exception cref="ImageFailureException">ResultInvalid, DiskFull.</exception>
    public static async Task<string> ReadAsync(string what, HostCommand command, CancellationToken stop)
    {
        var result = await Tools.TryAsync(command, stop);
        Tools.ThrowIfDiskFull(command, result);
        return result.Succeeded ? result.Output : throw Invalid($"{what}: {AptMessages.Tail(result.Output + result.Errors)}");
    }
}
