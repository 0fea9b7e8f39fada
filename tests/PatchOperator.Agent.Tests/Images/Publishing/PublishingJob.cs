using System.Text.Json;
using PatchOperator.Agent.Images.Publishing;
using PatchOperator.Agent.Images.Running;
using PatchOperator.Agent.Run;
using PatchOperator.Agent.Tests.Running;
using PatchOperator.Contract;
using PatchOperator.Contract.Images;
using PatchOperator.Registry;

namespace PatchOperator.Agent.Tests.Images.Publishing;

/// <summary>A Job at its first or last container: workspace, volume and secret, and the steps that are tested here.</summary>
internal sealed class PublishingJob : IDisposable
{
    public static readonly ImageFindings Findings = new()
    {
        OsFamily = "debian-12",
        OsImage = "Debian GNU/Linux 12 (bookworm)",
        Packages = 120,
        PatchLevel = new string('b', 64),
        PendingSecurity = 1,
        PendingTotal = 2,
        Held = 0,
        PendingNames = ["openssl", "bash"],
    };

    private readonly TemporaryFolder folder = new();

    public PublishingJob()
    {
        Directory.CreateDirectory(InWorkspace(""));
        Directory.CreateDirectory(InVolume(""));
        Write(ImageWorkspace.Tests, "[]");
        Write(ImageWorkspace.Findings, JsonSerializer.Serialize(Findings, ContractJson.Default.ImageFindings));
    }

    public ImageRequest Request { get; set; } = new()
    {
        Baseline = "worker",
        StartedAt = new DateTimeOffset(2026, 3, 7, 1, 2, 3, TimeSpan.FromHours(2)),
        Source = new ImageRequestSource { Suite = "bookworm" },
    };

    public string PushSecret => folder.PathOf("push.json");

    public string InWorkspace(string name) => folder.PathOf($"workspace/{name}");

    public string InVolume(string name) => folder.PathOf($"output/{name}");

    public PublishingJob To(ImageRequestFormat format, string? repository = null, string tagTemplate = "{date}-{digest}")
    {
        Request = Request with { Output = new ImageRequestOutput { Format = format, Repository = repository, Insecure = true, TagTemplate = tagTemplate } };
        return this;
    }

    /// <summary>The Job that looks into an image that a build has left.</summary>
    public PublishingJob Scanning(ImageFacts image)
    {
        Request = Request with { Mode = ImageJobMode.Scan, Digest = image.Digest, Version = image.Version };
        File.Delete(InWorkspace(ImageWorkspace.Tests));
        return this;
    }

    public void Write(string name, string content) => File.WriteAllText(InWorkspace(name), content);

    /// <summary>What a builder of the request's format leaves, if all goes well.</summary>
    public void Build(string text)
    {
        if (Request.Output.Format == ImageRequestFormat.Oci)
        {
            using var layout = new TestLayout(text);
            Shell.Run("cp", "-r", layout.Path, InWorkspace(ImageWorkspace.OciLayout));
        }
        else if (Request.Output.Format == ImageRequestFormat.Tar)
        {
            Write("file", text);
            Shell.Run("tar", "--create", "--mtime=@0", "--remove-files", "--directory", InWorkspace(""), "--file", InWorkspace(ImageWorkspace.Tar), "file");
        }
        else
        {
            Shell.Run("truncate", "--size=20M", InWorkspace(ImageWorkspace.RawDisk));
            using var disk = File.OpenWrite(InWorkspace(ImageWorkspace.RawDisk));
            disk.Position = 512;
            disk.Write("EFI PART"u8);
            disk.Position = 15_000_000;
            disk.Write(System.Text.Encoding.UTF8.GetBytes(text));
        }
    }

    public static string FileDigest(string path) => Digests.Of(File.ReadAllBytes(path));

    public Task<ImageOutcome> ReportAsync() => RunAsync("report", new ReportStep(Paths));

    public Task<ImageOutcome> PullAsync() => RunAsync("pull", new PullStep(Paths));

    /// <summary>Reports an image that is in order.</summary>
    public async Task<ImageResult> PublishAsync()
    {
        var outcome = await ReportAsync();
        Assert.True(outcome is { ExitCode: 0, Result: { Reason: ImageReasons.Completed, Image: not null } }, $"{outcome.Result}\n{outcome.Errors}");
        return outcome.Result;
    }

    public void Dispose() => folder.Dispose();

    private PublishingPaths Paths => new(PushSecret, InVolume(""));

    private async Task<ImageOutcome> RunAsync(string name, IImageStep step)
    {
        var log = folder.PathOf("termination-log");
        await File.WriteAllTextAsync(log, "");
        using var errors = new StringWriter();
        var progress = new Progress(errors, TimeProvider.System);
        var run = new ImageRun(name, step, new Workspace(InWorkspace("")), new TerminationLog(log, progress), progress, TimeProvider.System);
        var exitCode = await run.RunAsync(JsonSerializer.Serialize(Request, ContractJson.Default.ImageRequest), CancellationToken.None);
        return new ImageOutcome(exitCode, ImageResults.Read(await File.ReadAllTextAsync(log)), errors.ToString());
    }
}
