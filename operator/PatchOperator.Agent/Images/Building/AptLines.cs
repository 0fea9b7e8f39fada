using PatchOperator.Agent.Hosts;
using PatchOperator.Agent.Images.Running;
using PatchOperator.Contract.Images;

namespace PatchOperator.Agent.Images.Building;

/// <summary>Where the packages of an image come from.</summary>
/// <param name="All">What the finished image has: its own apt sees what is pending, whatever was left out of it.</param>
/// <param name="Bootstrap">What it is built from.</param>
internal sealed record AptLines(IReadOnlyList<AptLine> All, IReadOnlyList<AptLine> Bootstrap)
{
    private const string Keyring = "/usr/share/keyrings/debian-archive-keyring.gpg";
    private const string SourcesList = "/etc/apt/sources.list";

    /// <summary>For an image that is made from a suite.</summary>
    /// <exception cref="Running.ImageFailureException">InvalidRequest: no line is of the suite itself.</exception>
    public static AptLines Of(ImageRequest request)
    {
        var suite = request.Source.Suite!;
        IReadOnlyList<AptLine> all = request.Source.Mirrors.Count > 0 ? Parse(request.Source.Mirrors) : Parse(OfDebian(suite));
        if (!all.Any(line => line.Suite == suite))
            throw new Running.ImageFailureException(
                ImageReasons.InvalidRequest, $"source.mirrors has no line of the suite {suite}, which the image is made from");
        return new AptLines(all, [.. all.Where(line => IsWanted(line, suite, request.Recipe.Updates))]);
    }

    /// <summary>Makes the lines the only sources of an image.</summary>
    public static void Write(HostRoot root, IEnumerable<string> lines)
    {
        var more = root.Locate("/etc/apt/sources.list.d");
        foreach (var file in Directory.Exists(more) ? Directory.EnumerateFiles(more) : [])
            File.Delete(file);
        var list = root.Locate(SourcesList);
        Directory.CreateDirectory(Path.GetDirectoryName(list)!);
        File.WriteAllLines(list, lines);
    }

    private static AptLine[] Parse(IEnumerable<string> lines) => [.. lines.Select(line => AptLine.Parse(line)!)];

    /// <summary>sid is where updates and fixes arrive first: it has no suites for them.</summary>
    private static string[] OfDebian(string suite) =>
        suite is "sid" or "unstable"
            ? [$"deb [signed-by={Keyring}] http://deb.debian.org/debian {suite} main"]
            :
            [
                $"deb [signed-by={Keyring}] http://deb.debian.org/debian {suite} main",
                $"deb [signed-by={Keyring}] http://deb.debian.org/debian {suite}-updates main",
                $"deb [signed-by={Keyring}] http://deb.debian.org/debian-security {suite}-security main",
            ];

    private static bool IsWanted(AptLine line, string suite, ImageRequestUpdates updates) =>
        updates == ImageRequestUpdates.All || line.Suite == suite || (updates == ImageRequestUpdates.SecurityOnly && line.IsSecurity);
}
