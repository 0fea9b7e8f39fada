namespace PatchOperator.Agent.Hosts;

/// <summary>The host's root directory as the agent sees it, <c>/host</c> in a Job.</summary>
/// <param name="path">An absolute path.</param>
internal sealed class HostRoot(string path)
{
    private const int MaxLinks = 40;

    public string Path { get; } = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path));

    /// <summary>
    /// Where a path of the host is for the agent. Symbolic links are followed inside the host's root: an absolute one such as
    /// <c>/var/run → /run</c> must not lead into the agent's own image.
    /// </summary>
    /// <exception cref="IOException">Too many links.</exception>
    public string Locate(string hostPath)
    {
        var links = 0;
        var waiting = new Stack<string>(Parts(hostPath).Reverse());
        var resolved = new List<string>();
        while (waiting.TryPop(out var part))
        {
            if (part == "..")
                resolved.RemoveRange(Math.Max(0, resolved.Count - 1), Math.Min(1, resolved.Count));
            else if (LinkTarget([.. resolved, part]) is not { } target)
                resolved.Add(part);
            else
                Follow(target, resolved, waiting, ++links, hostPath);
        }

        return Join(resolved);
    }

    public bool FileExists(string hostPath) => File.Exists(Locate(hostPath));

    public bool DirectoryExists(string hostPath) => Directory.Exists(Locate(hostPath));

    private static void Follow(string target, List<string> resolved, Stack<string> waiting, int links, string hostPath)
    {
        if (links > MaxLinks)
            throw new IOException($"too many symbolic links in {hostPath}");
        if (target.StartsWith('/'))
            resolved.Clear();
        foreach (var part in Parts(target).Reverse())
            waiting.Push(part);
    }

    private static IEnumerable<string> Parts(string path) => path.Split('/').Where(part => part is not ("" or "."));

    private string Join(List<string> parts) => System.IO.Path.Combine([Path, .. parts]);

    private string? LinkTarget(List<string> parts) => new FileInfo(Join(parts)).LinkTarget;
}
