using System.Diagnostics;
using PatchOperator.Agent.Tests.Running;

namespace PatchOperator.Agent.Tests.Hosts;

/// <summary>systemd, booted in namespaces of its own but for the network; its control groups lie below one of this machine's.</summary>
internal sealed class SystemdProcess : IDisposable
{
    private const string Boot = """
        root=$1
        mount --rbind "$root" "$root"
        mount -t proc proc "$root/proc"
        mount -t sysfs -o ro sysfs "$root/sys"
        cd "$root"
        mkdir -p old
        pivot_root . old
        umount -l /old
        exec env -i container=test PATH=/usr/sbin:/usr/bin:/sbin:/bin /lib/systemd/systemd --log-target=null --show-status=0 --unit=basic.target
        """;

    private const string Start = """
        root=$1 group=$2
        for hierarchy in /sys/fs/cgroup /sys/fs/cgroup/systemd; do
            [ -e $hierarchy/cgroup.procs ] || continue
            mkdir $hierarchy/$group
            echo $$ > $hierarchy/$group/cgroup.procs
        done
        exec unshare --mount --pid --fork --kill-child --uts --ipc --cgroup --propagation slave sh -ec "$3" sh "$root" < /dev/null
        """;

    private readonly string group = $"patch-operator-test-{Guid.NewGuid():N}";
    private readonly string root;
    private readonly Process process;
    private readonly string pid;

    public SystemdProcess(string root)
    {
        this.root = root;
        // What the host's units use is not counted: that would take other control groups of this machine's.
        Directory.CreateDirectory($"{root}/etc/systemd/system.conf.d");
        File.WriteAllText($"{root}/etc/systemd/system.conf.d/test.conf", "[Manager]\nDefaultTasksAccounting=no\nDefaultMemoryAccounting=no\n");
        process = Shell.Start("sh", "-ec", Start, "sh", root, group, Boot);
        while (!File.Exists($"{root}/run/systemd/private"))
        {
            if (process.HasExited)
                throw new InvalidOperationException($"cannot boot systemd in {root}: {process.StandardError.ReadToEnd()}");
            Thread.Yield();
        }

        pid = Shell.Run("pgrep", "--parent", $"{process.Id}").Trim();
        Shell.Run(Enter[0], [.. Enter.Skip(1), "mount", "-t", "proc", "proc", $"{root}/proc"]);
        Shell.Run(Enter[0], [.. Enter.Skip(1), "chroot", root, "systemctl", "is-system-running", "--wait"]);
    }

    /// <summary>The beginning of a command line that runs among its processes, in the file systems of this machine.</summary>
    public IReadOnlyList<string> Enter => ["nsenter", "--target", pid, "--pid", "--"];

    public void Dispose()
    {
        // All others end with it, and with them the program that waits for it.
        Shell.Run("kill", "-KILL", pid);
        process.WaitForExit();
        process.Dispose();
        Shell.Run("umount", "--lazy", $"{root}/proc");
        foreach (var made in new[] { $"/sys/fs/cgroup/{group}", $"/sys/fs/cgroup/systemd/{group}" }.Where(Directory.Exists))
            Shell.Run("find", made, "-depth", "-type", "d", "-exec", "rmdir", "{}", ";");
    }
}
