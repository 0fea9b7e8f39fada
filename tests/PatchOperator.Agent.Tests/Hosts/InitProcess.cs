using System.Diagnostics;
using PatchOperator.Agent.Tests.Running;

namespace PatchOperator.Agent.Tests.Hosts;

/// <summary>A process that stands for the PID 1 of a host: a root and a mount namespace of its own, nothing in it replaced yet.</summary>
internal sealed class InitProcess : IDisposable
{
    private const string PivotAndStay = """
        mount --make-rprivate / && mount --bind "$1" "$1" && cd "$1" && mkdir -p old && pivot_root . old && echo ready && exec /usr/bin/tail -f /dev/null
        """;

    private readonly Process process;
    private bool ended;

    public InitProcess(string root)
    {
        process = Shell.Start("unshare", "--mount", "sh", "-c", PivotAndStay, "sh", root);
        Id = process.Id;
        if (process.StandardOutput.ReadLine() != "ready")
            throw new InvalidOperationException($"cannot start a process in {root}: {process.StandardError.ReadToEnd()}");
        // The shell has said so before it became the program whose maps count.
        while (File.ReadAllText($"/proc/{process.Id}/comm").Trim() != "tail")
            Thread.Yield();
    }

    public int Id { get; }

    public void Dispose()
    {
        if (ended)
            return;
        ended = true;
        process.Kill();
        process.WaitForExit();
        process.Dispose();
    }
}
