using PatchOperator.Contract;

namespace PatchOperator.Agent.Packages;

/// <summary>By what a scan judges what archives offer.</summary>
/// <param name="SecuritySources">Archives that count as security besides those that are by themselves.</param>
/// <param name="IgnorePhasing">Whether what its maker gives to other hosts first is pending all the same.</param>
/// <param name="AllowNewPackages">Whether an update may bring packages that were not installed.</param>
/// <param name="AllowRemovals">Whether it is told what would have to go for updates.</param>
internal sealed record UpdateRules(IReadOnlyList<SecuritySource> SecuritySources, bool IgnorePhasing, bool AllowNewPackages, bool AllowRemovals)
{
    /// <summary>For images, of which nobody knows yet whose turn it is, and from which nothing goes.</summary>
    public static UpdateRules OfImage { get; } = new([], IgnorePhasing: true, AllowNewPackages: true, AllowRemovals: false);
}
