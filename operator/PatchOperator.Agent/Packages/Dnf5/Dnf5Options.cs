using PatchOperator.Agent.Hosts;

namespace PatchOperator.Agent.Packages.Dnf5;

/// <summary>
/// What every command line of dnf 5 starts with, so that the host's dnf5.conf(5) changes neither what the agent reads nor what an approval covers; see
/// <see cref="Dnf.DnfOptions"/> for what stays the host's affair. Its table of a transaction is as wide as its words where nobody watches.
/// </summary>
internal static class Dnf5Options
{
    public const string Program = "dnf5";

    /// <summary>The ID of a repository with nothing in it: an option for all repositories is an error on a host that has none.</summary>
    public const string Nothing = "patchoperator-nothing";

    /// <summary>Without updateinfo, which the host may not want to fetch, nothing would be security.</summary>
    private static readonly string[] Always =
    [
        "--quiet",
        "--setopt=color=never",
        "--setopt=defaultyes=False",
        "--setopt=skip_broken=False",
        "--setopt=skip_unavailable=False",
        "--setopt=clean_requirements_on_remove=False",
        "--setopt=optional_metadata_types=comps,updateinfo",
        $"--repofrompath={Nothing},file:///dev/null/nothing",
    ];

    /// <summary>Of what is on the host already: no repository is asked, and one that was never read does not keep the others from being read.</summary>
    private static readonly string[] Offline = ["--cacheonly", "--setopt=*.skip_if_unavailable=True"];

    public static HostCommand Fetch(params IEnumerable<string> arguments) =>
        new(Program, [.. Always, "--setopt=*.skip_if_unavailable=False", $"--setopt={Nothing}.skip_if_unavailable=True", .. arguments]);

    public static HostCommand Ask(params IEnumerable<string> arguments) => new(Program, [.. Always, .. Offline, .. arguments]);

    public static HostCommand Simulate(params IEnumerable<string> arguments) =>
        new(Program, [.. Always, .. Offline, "--setopt=assumeyes=False", "--assumeno", .. arguments]);

    public static HostCommand Change(params IEnumerable<string> arguments) =>
        new(Program, [.. Always, "--setopt=cacheonly=metadata", "--setopt=*.skip_if_unavailable=True", "--assumeyes", .. arguments]);
}
