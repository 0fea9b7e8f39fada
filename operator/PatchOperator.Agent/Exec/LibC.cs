using System.Runtime.InteropServices;
using System.Text;

namespace PatchOperator.Agent.Exec;

/// <summary>
/// The C library calls between "in the agent's root" and "a command runs in the host's root". All are bound when this object is made:
/// after chroot(2) nothing of the agent's own image can be loaded any more.
/// </summary>
internal sealed unsafe class LibC
{
    private const int SetMask = 2;
    private const nint Default = 0;
    private const nint Ignore = 1;

    /// <summary>Room for struct sigaction and sigset_t of any C library we may run on.</summary>
    private const int SignalStructBytes = 256;
    private const int LastSignal = 64;

    private readonly delegate* unmanaged<byte*, int> chroot;
    private readonly delegate* unmanaged<byte*, int> chdir;
    private readonly delegate* unmanaged<int> setsid;
    private readonly delegate* unmanaged<uint, uint> umask;
    private readonly delegate* unmanaged<byte*, int, uint, int> open;
    private readonly delegate* unmanaged<int, int, int> dup2;
    private readonly delegate* unmanaged<int, byte*, nint, nint> write;
    private readonly delegate* unmanaged<int, void*, void*, int> sigaction;
    private readonly delegate* unmanaged<int, void*, void*, int> sigprocmask;
    private readonly delegate* unmanaged<int, nint, nint> signal;
    private readonly delegate* unmanaged<byte*, byte**, byte**, int> execvpe;

    public LibC()
    {
        var library = NativeLibrary.Load("libc.so.6");
        chroot = (delegate* unmanaged<byte*, int>)NativeLibrary.GetExport(library, "chroot");
        chdir = (delegate* unmanaged<byte*, int>)NativeLibrary.GetExport(library, "chdir");
        setsid = (delegate* unmanaged<int>)NativeLibrary.GetExport(library, "setsid");
        umask = (delegate* unmanaged<uint, uint>)NativeLibrary.GetExport(library, "umask");
        open = (delegate* unmanaged<byte*, int, uint, int>)NativeLibrary.GetExport(library, "open");
        dup2 = (delegate* unmanaged<int, int, int>)NativeLibrary.GetExport(library, "dup2");
        write = (delegate* unmanaged<int, byte*, nint, nint>)NativeLibrary.GetExport(library, "write");
        sigaction = (delegate* unmanaged<int, void*, void*, int>)NativeLibrary.GetExport(library, "sigaction");
        sigprocmask = (delegate* unmanaged<int, void*, void*, int>)NativeLibrary.GetExport(library, "sigprocmask");
        signal = (delegate* unmanaged<int, nint, nint>)NativeLibrary.GetExport(library, "signal");
        execvpe = (delegate* unmanaged<byte*, byte**, byte**, int>)NativeLibrary.GetExport(library, "execvpe");
        _ = Marshal.GetPInvokeErrorMessage(2);
        _ = Encoding.UTF8.GetBytes("warm");
    }

    /// <summary>Makes <paramref name="path"/> the root and the working directory. Null, or the error.</summary>
    public string? EnterRoot(string path)
    {
        fixed (byte* native = Native(path), slash = "/\0"u8)
        {
            return chroot(native) == 0 && chdir(slash) == 0 ? null : Error();
        }
    }

    /// <summary>A session of its own: a signal meant for the agent's terminal or group does not reach the command.</summary>
    public void NewSession() => setsid();

    public void SetFileModeMask(uint mask) => umask(mask);

    /// <summary>Sends the command's output and errors to the end of a file. Null, or the error.</summary>
    public string? AppendOutputTo(string path)
    {
        const int writeOnlyCreateAppend = 0x1 | 0x40 | 0x400;
        fixed (byte* native = Native(path))
        {
            var file = open(native, writeOnlyCreateAppend, 0x180 /* 0600 */);
            return file >= 0 && dup2(file, 1) >= 0 && dup2(file, 2) >= 0 ? null : Error();
        }
    }

    /// <summary>
    /// The .NET runtime ignores SIGPIPE, and ignored signals and the mask survive execve(2): a maintainer script's <c>yes | head -1</c>
    /// would fail. Only ignored ones are touched, handlers are reset by the kernel.
    /// </summary>
    public void ResetSignals()
    {
        var buffer = stackalloc byte[SignalStructBytes];
        for (var number = 1; number <= LastSignal; number++)
        {
            if (sigaction(number, null, buffer) == 0 && *(nint*)buffer == Ignore)
                signal(number, Default);
        }

        new Span<byte>(buffer, SignalStructBytes).Clear();
        sigprocmask(SetMask, buffer, null);
    }

    /// <summary>Becomes the command. Returns only when that fails, with the error.</summary>
    public string Execute(NativeStrings arguments, NativeStrings environment)
    {
        execvpe(arguments.First, arguments.Pointer, environment.Pointer);
        return Error();
    }

    /// <summary>Writes to standard error without <see cref="Console"/>, whose assembly may be out of reach by now.</summary>
    public void Complain(string message)
    {
        fixed (byte* native = Native(message + "\n"))
        {
            write(2, native, Encoding.UTF8.GetByteCount(message) + 1);
        }
    }

    private static byte[] Native(string text) => Encoding.UTF8.GetBytes(text + "\0");

    private static string Error() => Marshal.GetPInvokeErrorMessage(Marshal.GetLastSystemError());
}
