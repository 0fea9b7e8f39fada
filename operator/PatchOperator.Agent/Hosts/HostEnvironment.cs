namespace PatchOperator.Agent.Hosts;

/// <summary>
/// The whole environment of every command on the host: nothing of the container's but proxies, nothing of the host's
/// <c>/etc/environment</c>. A proxy for apt belongs into the host's apt.conf(5) or the executor's container.
/// </summary>
internal static class HostEnvironment
{
    private static readonly string[] Proxies = ["http_proxy", "https_proxy", "ftp_proxy", "no_proxy"];

    private static readonly Dictionary<string, string> Fixed = new()
    {
        ["PATH"] = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
        ["HOME"] = "/root",
        ["LC_ALL"] = "C",
        ["TERM"] = "dumb",
        ["DEBIAN_FRONTEND"] = "noninteractive",
        ["APT_LISTCHANGES_FRONTEND"] = "none",
        ["APT_LISTBUGS_FRONTEND"] = "none",
        // An alias of the host could make another command of one of dnf.
        ["DNF_DISABLE_ALIASES"] = "1",
        // needrestart would restart services, or ask. What needs a restart shows in the reboot facts instead.
        ["NEEDRESTART_SUSPEND"] = "1",
        ["UCF_FORCE_CONFFOLD"] = "1",
        // Where the host's own detection of a chroot is misled by the agent's mounts, systemctl would do nothing and call it success.
        ["SYSTEMD_IGNORE_CHROOT"] = "1",
    };

    public static IReadOnlyDictionary<string, string> Variables { get; } = Make(Environment.GetEnvironmentVariable);

    public static IReadOnlyDictionary<string, string> Of(HostCommand command) =>
        Variables.Concat(command.Variables.Select(variable => KeyValuePair.Create(variable.Name, variable.Value))).ToDictionary();

    internal static IReadOnlyDictionary<string, string> Make(Func<string, string?> ambient)
    {
        var variables = new Dictionary<string, string>(Fixed);
        foreach (var name in Proxies.Concat(Proxies.Select(name => name.ToUpperInvariant())))
        {
            if (ambient(name) is { Length: > 0 } value)
                variables[name] = value;
        }

        return variables;
    }
}
