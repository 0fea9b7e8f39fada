using System.Diagnostics;
using PatchOperator.Agent.Tests.Running;

namespace PatchOperator.Agent.Tests.Hosts;

/// <summary>systemd, booted in namespaces of its own but for the network. Its control groups lie below ones of this machine's.</summary>
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
        root=$1 group=$2 boot=$3 options=$4
        shift 4
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

    private const string Cgroups = "/sys/fs/cgroup";
    private const string Version2 = Cgroups + "/unified";

    private readonly string group = $"patch-operator-test-{Guid.NewGuid():N}";
    private readonly string root;
    private readonly Process process;
    private readonly string pid;

    public SystemdProcess(string root, CgroupMode cgroups)
    {
        this.root = root;
        process = Shell.Start("sh", ["-ec", Start, "sh", root, group, Boot, Options(cgroups), .. Hierarchies(cgroups)]);
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

    /// <summary>What this machine itself is booted on.</summary>
    public static CgroupMode Machine =>
        File.Exists($"{Cgroups}/cgroup.procs") ? CgroupMode.Unified : Directory.Exists(Version2) ? CgroupMode.Hybrid : CgroupMode.Legacy;

    /// <summary>The beginning of a command line that runs among its processes, in the file systems of this machine.</summary>
    public IReadOnlyList<string> Enter => ["nsenter", "--target", pid, "--pid", "--"];

    public void Dispose()
    {
        // All others end with it, and with them the program that waits for it.
        Shell.Run("kill", "-KILL", pid);
        process.WaitForExit();
        process.Dispose();
        Shell.Run("umount", "--lazy", $"{root}/proc");
        foreach (var made in Directory.EnumerateDirectories(Cgroups).Prepend(Cgroups).Select(hierarchy => $"{hierarchy}/{group}").Where(Directory.Exists))
            Shell.Run("find", made, "-depth", "-type", "d", "-exec", "rmdir", "{}", ";");
    }

    private static string Options(CgroupMode cgroups) => cgroups switch
    {
        CgroupMode.Legacy => "systemd.unified_cgroup_hierarchy=0 systemd.legacy_systemd_cgroup_controller=1",
        CgroupMode.Hybrid => "systemd.unified_cgroup_hierarchy=0 systemd.legacy_systemd_cgroup_controller=0",
        _ => "systemd.unified_cgroup_hierarchy=1",
    };

    /// <summary>Those that it will see the root of: it is to take a group of this machine's for that.</summary>
    private static IEnumerable<string> Hierarchies(CgroupMode cgroups) =>
        Machine == CgroupMode.Unified ? [Cgroups] : cgroups == CgroupMode.Unified ? [Version2] : Directory.EnumerateDirectories(Cgroups);
}
