using PatchOperator.Agent.Hosts;
using PatchOperator.Agent.Images.Roots;
using PatchOperator.Agent.Images.Running;
using PatchOperator.Contract.Images;

namespace PatchOperator.Agent.Images.Building;

/// <summary>Hands the database that the tools' rpm has made over to the image's own rpm, which may keep it elsewhere, and in another format.</summary>
internal static class RpmHandover
{
    private const string Headers = "/.patch-operator-headers";
    private const string Export = """rpmdb --root "$1" --exportdb >"$1$2"; rm -f "$1$3"/* "$1$3/.rpm.lock" """;
    private const string Import = """rpmdb --importdb <"$1"; rm "$1"; rmdir --ignore-fail-on-non-empty "$2" """;

    private static readonly HostCommand Installed = new("rpm", "-qa", "--queryformat", "%{NAME} %{EVR} %{ARCH}\n");

    /// <param name="lent">The tools.</param>
    /// <param name="image">The image.</param>
    /// <param name="stop">Ends it.</param>
    /// <exception cref="HostCommandException">One of both does not work.</exception>
    /// <exception cref="ImageFailureException">RecipeFailed: the image's rpm does not see afterwards what was installed.</exception>
    public static async Task RunAsync(HostCommands lent, HostCommands image, CancellationToken stop)
    {
        var installed = await ReadAsync(lent, stop);
        await lent.ReadAsync(new HostCommand("sh", "-ec", Export, "sh", LentTools.Place, Headers, LentTools.Database), stop);
        await image.ReadAsync(new HostCommand("/bin/sh", "-ec", Import, "sh", Headers, LentTools.Database), stop);
        if (!installed.SetEquals(await ReadAsync(image, stop)))
            throw new ImageFailureException(
                ImageReasons.RecipeFailed, "the image's own rpm cannot take over the database of what was installed: see the log of the container build");
    }

    private static async Task<HashSet<string>> ReadAsync(HostCommands commands, CancellationToken stop) =>
        [.. (await commands.ReadAsync(Installed, stop)).Split('\n')];
}
