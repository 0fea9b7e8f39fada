using System.Globalization;
using PatchOperator.Agent.Hosts;
using PatchOperator.Contract.Images;

namespace PatchOperator.Agent.Images.Roots;

/// <summary>
/// The root file system of an image that is not running. Each command gets namespaces of its own for mounts and processes: what it mounts and whatever it
/// leaves running is gone when it ends, and it sees the devices that every program expects, none of the machine's.
/// </summary>
internal static class ImageRoot
{
    /// <summary>
    /// Mounts only over real directories: a link called proc in a hostile image would lead out of it. What may not be mounted is left out, as far as nodes for
    /// the devices, which need less of a right, stand in for /dev. The shell stays, as process 1 that the kernel shields from signals.
    /// </summary>
    private const string Enter = """
        r=$1; shift
        real() { [ -d "$r/$1" ] && [ ! -L "$r/$1" ]; }
        if [ "$$" = 1 ]; then
            if real proc; then mount -t proc -o nosuid,nodev,noexec proc "$r/proc" || :; fi
            if real sys; then mount -t sysfs -o ro,nosuid,nodev,noexec sysfs "$r/sys" || :; fi
            if real dev && mount -t tmpfs -o mode=755,nosuid,noexec tmpfs "$r/dev"; then
                mkdir "$r/dev/pts" "$r/dev/shm"
                chmod 1777 "$r/dev/shm"
                mount -t devpts -o newinstance,ptmxmode=666,mode=620 devpts "$r/dev/pts" || :
                ln -s pts/ptmx "$r/dev/ptmx"
                ln -s /proc/self/fd "$r/dev/fd"
                for n in 0:stdin 1:stdout 2:stderr; do ln -s "/proc/self/fd/${n%%:*}" "$r/dev/${n#*:}"; done
                for n in null zero full random urandom tty; do : >"$r/dev/$n"; mount --bind "/dev/$n" "$r/dev/$n"; done
            fi
        elif real dev; then
            for n in null:3 zero:5 full:7 random:8 urandom:9; do [ -e "$r/dev/${n%%:*}" ] || mknod -m 666 "$r/dev/${n%%:*}" c 1 "${n#*:}"; done
        fi 2>/dev/null
        "$@"
        exit
        """;

    /// <summary>Without the right to make namespaces: the same without mounts.</summary>
    private const string Isolate = """
        isolation='unshare --mount --propagation private --pid --fork --kill-child'
        $isolation true 2>/dev/null || isolation=
        exec $isolation sh -c "$@"
        """;

    /// <param name="path">Where the root file system is.</param>
    /// <param name="request">Its time is the one that programs get that ask SOURCE_DATE_EPOCH for it.</param>
    public static HostCommands Commands(string path, ImageRequest request) =>
        new(
            new HostRoot(path),
            "env",
            string.Create(CultureInfo.InvariantCulture, $"SOURCE_DATE_EPOCH={request.SourceDateEpoch}"),
            "sh",
            "-c",
            Isolate,
            "sh",
            Enter,
            "sh",
            path);
}
