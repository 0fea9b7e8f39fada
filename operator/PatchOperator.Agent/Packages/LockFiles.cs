using System.Globalization;
using PatchOperator.Agent.Hosts;

namespace PatchOperator.Agent.Packages;

/// <summary>Who has which lock, in words, as in <c>apt-get (process 12) holds /var/lib/dpkg/lock</c>.</summary>
internal sealed class LockFiles(HostRoot root)
{
    private readonly ProcFiles proc = new(root);

    /// <summary>Who has locked a file, see fcntl(2); null when nobody has.</summary>
    public string? Holder(string file) => FileLock.Holder(root.Locate(file)) is { } pid ? Words(pid, file) : null;

    /// <summary>Whom a file names that has a process in it; null when there is none. A file that outlives its process locks nothing any more.</summary>
    public string? Owner(string file) =>
        int.TryParse(Read(file), NumberStyles.None, CultureInfo.InvariantCulture, out var pid) && proc.Name(pid) is not null ? Words(pid, file) : null;

    private string Words(int pid, string file) => $"{proc.Describe(pid)} holds {file}";

    /// <summary>It may go at any time.</summary>
    private string Read(string file)
    {
        try
        {
            return root.FileExists(file) ? File.ReadAllText(root.Locate(file)).Trim() : "";
        }
        catch (FileNotFoundException)
        {
            return "";
        }
    }
}
