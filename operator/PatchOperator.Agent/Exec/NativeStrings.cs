using System.Runtime.InteropServices;

namespace PatchOperator.Agent.Exec;

/// <summary>A null-terminated array of C strings, never freed: it lives until execve(2) replaces the process.</summary>
internal sealed unsafe class NativeStrings
{
    public NativeStrings(IReadOnlyList<string> strings)
    {
        Pointer = (byte**)NativeMemory.AllocZeroed((nuint)(strings.Count + 1), (nuint)sizeof(nint));
        for (var i = 0; i < strings.Count; i++)
            Pointer[i] = (byte*)Marshal.StringToCoTaskMemUTF8(strings[i]);
    }

    public byte** Pointer { get; }

    public byte* First => Pointer[0];
}
