using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace PatchOperator.Agent.Hosts;

/// <summary>Asks who holds a POSIX record lock on a file, the kind dpkg and apt take: fcntl(2), F_GETLK.</summary>
internal static partial class FileLock
{
    private const int GetLock = 5;
    private const short WriteLock = 1;
    private const short Unlocked = 2;

    /// <summary>
    /// The process that would keep others from locking the whole file: null when there is none, 0 or less when it is not in the agent's PID
    /// namespace or holds an open file description lock. An absent file is not locked.
    /// </summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static int? Holder(string path)
    {
        if (!File.Exists(path))
            return null;
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var query = new Query { Type = WriteLock };
        return Fcntl(file, GetLock, ref query) != 0
            ? throw new IOException($"cannot query the lock of {path}: {Marshal.GetLastPInvokeErrorMessage()}")
            : query.Type == Unlocked ? null : query.Pid;
    }

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int Fcntl(SafeFileHandle file, int command, ref Query query);

    /// <summary>struct flock of 64-bit Linux.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Query
    {
        public short Type;
        public short Whence;
        public long Start;
        public long Length;
        public int Pid;
    }
}
