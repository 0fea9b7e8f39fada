using System.Diagnostics;
using PatchOperator.Agent.Tests.Running;

namespace PatchOperator.Agent.Tests.Hosts;

/// <summary>
/// systemd, booted in namespaces of its own but for the network. Its control groups lie below ones of this machine's, of which it takes one hierarchy, as versions 1
/// and 2 each have; of both at once it would take the second's root.
/// </summary>
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
        exec env -i container=test SYSTEMD_PROC_CMDLINE="$2" PATH=/usr/sbin:/usr/bin:/sbin:/bin /lib/systemd/systemd --log-target=null --show-status=0 --unit=basic.target
        """;

    private const string Start = """
        root=$1 group=$2
        if [ -e /sys/fs/cgroup/cgroup.procs ]; then
            set -- "$3" systemd.unified_cgroup_hierarchy=1 /sys/fs/cgroup
        else
            set -- "$3" "systemd.unified_cgroup_hierarchy=0 systemd.legacy_systemd_cgroup_controller=1" /sys/fs/cgroup/*
        fi
        boot=$1 options=$2
        shift 2
        for hierarchy; do
            [ -e "$hierarchy/cgroup.procs" ] || continue
            mkdir -p "$hierarchy/$group"
            for part in cpus mems; do
                [ ! -e "$hierarchy/cpuset.$part" ] || cat "$hierarchy/cpuset.$part" > "$hierarchy/$group/cpuset.$part"
            done
            echo $$ > "$hierarchy/$group/cgroup.procs"
        done
        exec unshare --mount --pid --fork --kill-child --uts --ipc --cgroup --propagation slave sh -ec "$boot" sh "$root" "$options" < /dev/null
        """;

    private readonly string group = $"patch-operator-test-{Guid.NewGuid():N}";
    private readonly string root;
    private readonly Process process;
    private readonly string pid;

    public SystemdProcess(string root)
    {
        this.root = root;
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
        foreach (var made in Directory.EnumerateDirectories("/sys/fs/cgroup").Prepend("/sys/fs/cgroup").Select(hierarchy => $"{hierarchy}/{group}").Where(Directory.Exists))
            Shell.Run("find", made, "-depth", "-type", "d", "-exec", "rmdir", "{}", ";");
    }
}
