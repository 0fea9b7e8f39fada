using System.Globalization;
using PatchOperator.Agent.Hosts;
using PatchOperator.Agent.Images.Roots;
using PatchOperator.Agent.Images.Running;

namespace PatchOperator.Agent.Images.Building;

/// <summary>
/// A Debian from packages alone, by mmdebstrap(1), all packages of the recipe included: its apt is the tools image's, which has certificates for https.
/// </summary>
internal sealed class MmdebstrapBuilder(ImageJob job) : RootBuilder(job, "mmdebstrap")
{
    private static readonly string[] Own = ["I: ", "E: setup failed", "E: mmdebstrap"];

    public override async Task<HostCommands> MakeAsync(CancellationToken stop)
    {
        var lines = AptLines.Of(Job.Request);
        await Tools.MakeFolderAsync(Root, stop);
        Job.Progress.Say($"bootstrapping {Job.Request.Source.Suite} from {string.Join(" and ", lines.Bootstrap.Select(line => line.Text))}");
        var bootstrap = new TalkingCommand(Tools.Commands, Command(lines), Job.Progress);
        if (await bootstrap.RunAsync(stop) is not 0 and var exitCode)
            throw AptFailures.Explain($"mmdebstrap failed with exit code {exitCode}", WithoutItsOwn(bootstrap.Said));
        RemoveTracesOfTheContainer();
        AptLines.Write(new HostRoot(Root), lines.All.Select(line => line.Text));
        return ImageRoot.Commands(Root, Job.Request);
    }

    private HostCommand Command(AptLines lines) => new("env",
    [
        string.Create(CultureInfo.InvariantCulture, $"SOURCE_DATE_EPOCH={Job.Request.SourceDateEpoch}"),
        "mmdebstrap", "--mode=root", "--variant=minbase", "--format=directory", "--hook-dir=/usr/share/mmdebstrap/hooks/maybe-merged-usr",
        // Not every archive says of apt that it is required.
        "--include=apt", .. Job.Request.Recipe.Install.Select(name => $"--include={name}"),
        Job.Request.Source.Suite!, Root, .. lines.Bootstrap.Select(line => line.Text),
    ]);

    /// <summary>What apt and dpkg said: mmdebstrap adds their command lines, with every package.</summary>
    private static string WithoutItsOwn(string said) =>
        string.Join('\n', said.Split('\n').Where(line => !Own.Any(start => line.StartsWith(start, StringComparison.Ordinal))));

    /// <summary>mmdebstrap copies them for its own use; a package that has put a link there keeps it.</summary>
    private void RemoveTracesOfTheContainer()
    {
        foreach (var name in new[] { "hostname", "resolv.conf" })
        {
            var file = new FileInfo($"{Root}/etc/{name}");
            if (file.Exists && file.LinkTarget is null)
                file.Delete();
        }
    }
}
