using System.Globalization;
using PatchOperator.Agent.Hosts;
using PatchOperator.Agent.Images.Roots;
using PatchOperator.Agent.Images.Running;

namespace PatchOperator.Agent.Images.Building;

/// <summary>
/// A Debian from packages alone, by mmdebstrap(1), all packages of the recipe included: its apt is the tools image's, which has certificates for https.
/// </summary>
internal sealed class MmdebstrapBuilder(ImageJob job) : IImageBuilder
{
    private static readonly string[] Own = ["I: ", "E: setup failed", "E: mmdebstrap"];

    private readonly string root = job.Workspace.PathOf("root");

    public async Task<HostCommands> MakeAsync(CancellationToken stop)
    {
        var lines = AptLines.Of(job.Request);
        await Tools.MakeFolderAsync(root, stop);
        job.Progress.Say($"bootstrapping {job.Request.Source.Suite} from {string.Join(" and ", lines.Bootstrap.Select(line => line.Text))}");
        var bootstrap = new TalkingCommand(Tools.Commands, Command(lines), job.Progress);
        if (await bootstrap.RunAsync(stop) is not 0 and var exitCode)
            throw AptFailures.Explain($"mmdebstrap failed with exit code {exitCode}", WithoutItsOwn(bootstrap.Said));
        RemoveTracesOfTheContainer();
        AptLines.Write(new HostRoot(root), lines.All.Select(line => line.Text));
        return ImageRoot.Commands(root, job.Request);
    }

    public async Task WriteOciAsync(string layout, CancellationToken stop)
    {
        var tar = job.Workspace.PathOf("layer.tar");
        await TarWriter.WriteAsync(root, tar, job.Request.SourceDateEpoch, stop);
        var architecture = await Architectures.OfAsync(job, ImageRoot.Commands(root, job.Request), stop);
        await OciWriter.WriteAsync(tar, layout, architecture, job.Request.SourceDateEpoch, stop);
        File.Delete(tar);
    }

    public async ValueTask DisposeAsync() => await Tools.RemoveAsync(root);

    private HostCommand Command(AptLines lines) => new("env",
    [
        string.Create(CultureInfo.InvariantCulture, $"SOURCE_DATE_EPOCH={job.Request.SourceDateEpoch}"),
        "mmdebstrap", "--mode=root", "--variant=minbase", "--format=directory", "--hook-dir=/usr/share/mmdebstrap/hooks/maybe-merged-usr",
        // Not every archive says of apt that it is required.
        "--include=apt", .. job.Request.Recipe.Install.Select(name => $"--include={name}"),
        job.Request.Source.Suite!, root, .. lines.Bootstrap.Select(line => line.Text),
    ]);

    /// <summary>What apt and dpkg said: mmdebstrap adds their command lines, with every package.</summary>
    private static string WithoutItsOwn(string said) =>
        string.Join('\n', said.Split('\n').Where(line => !Own.Any(start => line.StartsWith(start, StringComparison.Ordinal))));

    /// <summary>mmdebstrap copies them for its own use; a package that has put a link there keeps it.</summary>
    private void RemoveTracesOfTheContainer()
    {
        foreach (var name in new[] { "hostname", "resolv.conf" })
        {
            var file = new FileInfo($"{root}/etc/{name}");
            if (file.Exists && file.LinkTarget is null)
                file.Delete();
        }
    }
}
