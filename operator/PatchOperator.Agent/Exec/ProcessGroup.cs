using System.Runtime.InteropServices;

namespace PatchOperator.Agent.Exec;

/// <summary>A command with all that it has started: <see cref="ExecCommand"/> gives it a session of its own.</summary>
/// <param name="leader">The command's process.</param>
internal sealed partial class ProcessGroup(int leader)
{
    /// <summary>Asks all of them to end, see kill(2), SIGTERM.</summary>
    /// <returns>Whether there are any.</returns>
    public bool Terminate() => Send(-leader, 15) == 0;

    /// <summary>Ends those that are left.</summary>
    public void Kill() => _ = Send(-leader, 9);

    [LibraryImport("libc.so.6", EntryPoint = "kill")]
    private static partial int Send(int process, int signal);
}
