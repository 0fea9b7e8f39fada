namespace PatchOperator.Contract.Grammars;

/// <summary>Which of two versions is newer, as the package manager has it that installs them.</summary>
public static class PackageVersions
{
    private static readonly Dictionary<string, IComparer<string>> Orders = new()
    {
        ["apt"] = DebianVersions.Order,
        ["dnf"] = RpmVersions.Order,
        ["zypper"] = RpmVersions.Order,
    };

    /// <param name="packageManager">See <see cref="HostFacts.PackageManager"/>; null where it is not known, and then Debian's order is as good as any.</param>
    public static IComparer<string> Order(string? packageManager) => Orders.GetValueOrDefault(packageManager ?? "", DebianVersions.Order);
}
