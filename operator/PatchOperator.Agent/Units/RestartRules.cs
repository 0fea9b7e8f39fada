using System.Text.RegularExpressions;

namespace PatchOperator.Agent.Units;

/// <summary>
/// Services that are not restarted by themselves, as what they carry would end with them: the bus, sessions, the network, containers, and package managers at
/// work. What they still run that was replaced takes a person, or a reboot.
/// </summary>
internal static partial class RestartRules
{
    public static bool Allows(string service) => !Never().IsMatch(service);

    [GeneratedRegex(
        @"\A(dbus(-broker)?|systemd-logind|auditd|(serial-|console-|container-)?getty@?.*|user@.*|user-runtime-dir@.*|display-manager|gdm3?|sddm|lightdm"
        + @"|NetworkManager.*|systemd-networkd|networking|network|ifup@.*|wicked.*|dhcpcd.*|dhclient.*|wpa_supplicant.*|firewalld|nftables|iptables"
        + @"|openvswitch.*|ovs.*|ovn.*|frr|bird.*|docker|podman"
        + @"|apt-daily.*|unattended-upgrades|dnf5?-automatic.*|dnf5daemon-server|packagekit|cloud-.*|rescue|emergency|patchoperator-.*)\.service\z")]
    private static partial Regex Never();
}
