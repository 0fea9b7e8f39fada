using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using PatchOperator.Agent.Tests.Running;
using PatchOperator.Contract;
using PatchOperator.Contract.Images;

namespace PatchOperator.Agent.Tests.Images;

/// <summary>The workspace of one image Job, and the compiled agent at work in it.</summary>
internal sealed class ImageWorkspaceFolder : IDisposable
{
    /// <summary>The group of a pod that may write to a volume: whatever is made in the workspace gets it.</summary>
    public const int Group = 65532;

    private const string Mounting = """
        mount -t tmpfs tmpfs /run
        mkdir -p "${1%/*}"
        printf %s "$2" >"$1"
        shift 2
        exec "$@"
        """;

    private readonly bool inMemory;

    /// <param name="size">In memory, which is many times faster, and this large; null: on the disk.</param>
    public ImageWorkspaceFolder(string? size = "3G")
    {
        inMemory = size is not null;
        if (inMemory)
            Shell.Run("mount", "-t", "tmpfs", "-o", $"size={size}", "tmpfs", Folder);
        Shell.Run("sh", "-c", $"chgrp {Group} \"$1\" && chmod 2777 \"$1\"", "sh", Folder);
    }

    /// <summary>What the pull secret holds that the agent finds; null: there is none.</summary>
    public string? PullSecret { get; set; }

    public string Folder { get; } = Directory.CreateTempSubdirectory("patch-operator-image-").FullName;

    public IReadOnlyList<ImageTestOutcome> Tests => Read(ImageWorkspace.Tests, ContractJson.Default.IReadOnlyListImageTestOutcome);

    public ImageFindings Findings => Read(ImageWorkspace.Findings, ContractJson.Default.ImageFindings);

    public string PathOf(string path) => Path.Combine(Folder, path);

    public Task<ImageOutcome> RunAsync(string step, ImageRequest request, string? signalAt = null) =>
        RunAsync(step, JsonSerializer.Serialize(request, ContractJson.Default.ImageRequest), signalAt);

    public async Task<ImageOutcome> RunAsync(string step, string? request, string? signalAt = null)
    {
        var log = Path.GetTempFileName();
        using var process = Start(step, request, log);
        var errors = new List<string>();
        while (await process.StandardError.ReadLineAsync() is { } line)
        {
            errors.Add(line);
            if (signalAt is not null && line.Contains(signalAt, StringComparison.Ordinal))
                Shell.Run("kill", "-TERM", $"{process.Id}");
        }

        await process.WaitForExitAsync();
        var result = ImageResults.Read(await File.ReadAllTextAsync(log));
        File.Delete(log);
        return new ImageOutcome(process.ExitCode, result, string.Join('\n', errors));
    }

    /// <summary>The names in what the builder has left, with their contents' hashes: equal for equal bits.</summary>
    public string Digest() => Shell.Run("sh", "-c", "cd \"$1\" && find . -type f -exec sha256sum {} + | sort", "sh", Folder);

    public void Dispose()
    {
        if (inMemory)
            Shell.Run("umount", Folder);
        Shell.Run("rm", "-rf", "--one-file-system", Folder);
    }

    private Process Start(string step, string? request, string log)
    {
        string[] agent = [PublishedAgent.Program, "image", step, "--termination-log", log];
        // With mounts of its own: the secret's place is one for the whole machine.
        string[] command = PullSecret is null
            ? agent
            : ["unshare", "--mount", "--propagation", "private", "sh", "-ec", Mounting, "sh", ImageWorkspace.PullSecret, PullSecret, .. agent];
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardError = true };
        start.Environment[ImageWorkspace.PathVariable] = Folder;
        start.Environment.Remove(ImageRequest.EnvironmentVariable);
        if (request is not null)
            start.Environment[ImageRequest.EnvironmentVariable] = request;
        return Process.Start(start)!;
    }

    private T Read<T>(string file, JsonTypeInfo<T> type) => JsonSerializer.Deserialize(File.ReadAllText(PathOf(file)), type)!;
}
