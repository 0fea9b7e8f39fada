using PatchOperator.Agent.Hosts;

namespace PatchOperator.Agent.Images.Building;

/// <summary>What the recipe asks of apt, beyond updates: exactly the packages that it names and what they cannot be without.</summary>
internal static class AptGet
{
    private static readonly string[] Options =
    [
        "-q", "--assume-yes", "-o", "APT::Color=0", "-o", "Dpkg::Use-Pty=0", "-o", "Dpkg::Options::=--force-confdef", "-o", "Dpkg::Options::=--force-confold",
        "--no-install-recommends",
    ];

    public static HostCommand Install(IEnumerable<string> names) => new("apt-get", [.. Options, "install", "--", .. names]);

    public static HostCommand Purge(IEnumerable<string> names) => new("apt-get", [.. Options, "purge", "--", .. names]);

    public static HostCommand Hold(IEnumerable<string> names) => new("apt-mark", ["hold", "--", .. names]);
}
