using System.Globalization;
using PatchOperator.Agent.Hosts;
using PatchOperator.Agent.Packages.Dnf;

namespace PatchOperator.Agent.Images.Building;

/// <summary>
/// The database in which dnf keeps why each package is there, with the time of each transaction: in an image they are dated as everything else is. dnf is
/// written in Python, whose library can read it.
/// </summary>
internal static class DnfHistory
{
    private const string HostPath = "/var/lib/dnf/history.sqlite";
    private const string Dnf = "/usr/bin/" + DnfOptions.Program;

    /// <summary>Written anew, it is the same from equal contents, and needs no file beside it.</summary>
    private const string Script = """
        import sqlite3, sys
        history = sqlite3.connect(sys.argv[1], isolation_level=None)
        history.execute("UPDATE trans SET dt_begin = min(dt_begin, ?1), dt_end = min(dt_end, ?1)", [int(sys.argv[2])])
        history.execute("VACUUM")
        history.close()
        """;

    /// <summary>What dnf 4 has written that was none of the image's own: dnf 5 does not read it, and nothing could date it.</summary>
    public static void RemoveWithoutDnf(HostRoot root)
    {
        if (root.FileExists(Dnf) || !root.FileExists(HostPath))
            return;
        var file = new FileInfo(root.Locate(HostPath));
        foreach (var part in file.Directory!.EnumerateFiles(file.Name + "*"))
            part.Delete();
    }

    /// <param name="image">The image.</param>
    /// <param name="epoch">Seconds since 1970 that everything is dated at or before.</param>
    /// <param name="stop">Ends it.</param>
    /// <exception cref="HostCommandException">It is no such database.</exception>
    public static async Task DateAsync(HostCommands image, long epoch, CancellationToken stop)
    {
        if (image.Root.FileExists(HostPath) && Interpreter(image.Root) is [var program, .. var arguments])
            await image.ReadAsync(new HostCommand(program, [.. arguments, "-c", Script, HostPath, epoch.ToString(CultureInfo.InvariantCulture)]), stop);
    }

    /// <summary>The Python that dnf runs by, with its arguments, as its first line says; nothing where there is no dnf any more.</summary>
    private static string[] Interpreter(HostRoot root) =>
        root.FileExists(Dnf) && File.ReadLines(root.Locate(Dnf)).FirstOrDefault() is { } line && line.StartsWith("#!", StringComparison.Ordinal)
            ? line[2..].Split(' ', StringSplitOptions.RemoveEmptyEntries)
            : [];
}
