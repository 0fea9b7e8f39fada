using PatchOperator.Agent.Hosts;
using PatchOperator.Agent.Packages.Apt;

namespace PatchOperator.Agent.Images.Building;

/// <summary>What the recipe asks of apt, beyond updates: exactly the packages that it names and what they cannot be without.</summary>
internal static class AptGet
{
    public static HostCommand Install(IEnumerable<string> names) => AptOptions.AptGet(["--no-install-recommends", "install", "--", .. names]);

    public static HostCommand Purge(IEnumerable<string> names) => AptOptions.AptGet(["--purge", "purge", "--", .. names]);

    public static HostCommand Hold(IEnumerable<string> names) => new("apt-mark", ["hold", "--", .. names]);
}
