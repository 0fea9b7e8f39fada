using PatchOperator.Agent.Hosts;
using PatchOperator.Contract.Images;

namespace PatchOperator.Agent.Images.Running;

/// <summary>The programs of the tools image.</summary>
internal static class Tools
{
    public static HostCommands Commands { get; } = new(new HostRoot("/"));

    /// <summary>Runs one to its end. Cancellation kills it.</summary>
    public static Task<CommandResult> TryAsync(HostCommand command, CancellationToken stop) => Commands.RunAsync(command, stop);

    /// <summary>Runs one that has no reason to fail but a full disk.</summary>
    /// <returns>What it says.</returns>
    /// <exception cref="ImageFailureException">DiskFull.</exception>
    /// <exception cref="HostCommandException">It failed otherwise.</exception>
    public static async Task<string> RunAsync(HostCommand command, CancellationToken stop)
    {
        var result = await TryAsync(command, stop);
        ThrowIfDiskFull(command, result);
        return result.Succeeded ? result.Output : throw new HostCommandException(command, result);
    }

    /// <summary>Makes a folder for files of root's own: a workspace may pass its group on to all that is made in it, which is none of an image's.</summary>
    public static Task MakeFolderAsync(string path, CancellationToken stop) =>
        RunAsync(new HostCommand("sh", "-c", "mkdir \"$1\" && chown 0:0 \"$1\" && chmod u=rwx,go=rx,g-s \"$1\"", "sh", path), stop);

    /// <summary>Removes a folder and nothing that is mounted in it: what is left of a killed command must not cost anything else.</summary>
    public static Task RemoveAsync(string path) => TryAsync(new HostCommand("rm", "-rf", "--one-file-system", "--", path), CancellationToken.None);

    /// <exception cref="ImageFailureException">DiskFull.</exception>
    public static void ThrowIfDiskFull(HostCommand command, CommandResult result)
    {
        if (!result.Succeeded && IsDiskFull(result.Errors))
            throw new ImageFailureException(
                ImageReasons.DiskFull, $"{command.Program} ran out of disk space, give the Job's workspace more: {result.Complaint}");
    }

    private static bool IsDiskFull(string errors) =>
        errors.Contains("No space left on device", StringComparison.OrdinalIgnoreCase) || errors.Contains("Could not allocate block", StringComparison.Ordinal);
}
