namespace PatchOperator.Agent.Hosts;

/// <summary>Which file system a path is on, from proc_pid_mountinfo(5).</summary>
internal sealed class MountTable(IReadOnlyList<MountTable.Mount> mounts)
{
    /// <param name="Device">major:minor, the same for all mounts of one file system.</param>
    /// <param name="Point">Where it is mounted.</param>
    /// <param name="ReadOnly">Whether the file system itself can only be read, wherever it is mounted.</param>
    internal sealed record Mount(string Device, string Point, bool ReadOnly);

    /// <summary>What the agent sees.</summary>
    public static MountTable OfAgent() => Parse(File.ReadAllText("/proc/self/mountinfo"));

    public static MountTable Parse(string mountinfo) =>
        new(
        [
            .. mountinfo.Split('\n')
                .Select(line => line.Split(' '))
                .Where(fields => fields.Length > 5)
                .Select(fields => new Mount(fields[2], Unescape(fields[4]), fields[^1].Split(',').Contains("ro"))),
        ]);

    /// <summary>The mount that holds <paramref name="path"/>, an absolute path without symbolic links; the latest of several on one point.</summary>
    public Mount Of(string path) => mounts.Where(mount => Holds(mount.Point, path))
        .Aggregate(new Mount("", "/", ReadOnly: false), (best, next) => next.Point.Length >= best.Point.Length ? next : best);

    private static bool Holds(string point, string path) =>
        point == "/" || path == point || (path.StartsWith(point, StringComparison.Ordinal) && path[point.Length] == '/');

    private static string Unescape(string field) =>
        field.Replace(@"\040", " ", StringComparison.Ordinal).Replace(@"\011", "\t", StringComparison.Ordinal).Replace(@"\134", @"\", StringComparison.Ordinal);
}
