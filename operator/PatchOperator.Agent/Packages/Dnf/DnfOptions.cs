using PatchOperator.Agent.Hosts;

namespace PatchOperator.Agent.Packages.Dnf;

/// <summary>
/// What every command line of dnf starts with, so that the host's dnf.conf(5) changes neither what the agent reads nor what an approval covers. Where packages
/// come from, which of them are excluded or preferred, how many kernels stay, and whether signatures are checked stays the host's affair.
/// </summary>
internal static class DnfOptions
{
    /// <summary>dnf 4: <c>dnf</c> itself is another program where dnf 5 is, and <c>yum</c> may be its only other name.</summary>
    public const string Program = "dnf-3";

    private static readonly string[] Always =
    [
        "--color=never",
        "--errorlevel=3",
        "--setopt=defaultyes=False",
        "--setopt=strict=True",
        "--setopt=exit_on_lock=False",
        "--setopt=clean_requirements_on_remove=False",
        "--setopt=autocheck_running_kernel=False",
        "--setopt=check_config_file_age=False",
    ];

    /// <summary>Of what is on the host already: no repository is asked, and one that was never read does not keep the others from being read.</summary>
    private static readonly string[] Offline = ["--cacheonly", "--setopt=*.skip_if_unavailable=True"];

    /// <summary>Fetches what all repositories offer.</summary>
    public static HostCommand Fetch(params IEnumerable<string> arguments) =>
        new(Program, [.. Always, "--debuglevel=2", "--setopt=*.skip_if_unavailable=False", .. arguments]);

    /// <summary>Asks and changes nothing.</summary>
    public static HostCommand Ask(params IEnumerable<string> arguments) => new(Program, [.. Always, .. Offline, "--quiet", .. arguments]);

    /// <summary>Says what it would do, a line for each package, as its debug level 3 has it: the table for people depends on widths.</summary>
    public static HostCommand Simulate(params IEnumerable<string> arguments) =>
        new(Program, [.. Always, .. Offline, "--debuglevel=3", "--setopt=assumeyes=False", "--assumeno", .. arguments]);

    /// <summary>Changes the host, by what was known when it was simulated: what has come out since must not take part.</summary>
    public static HostCommand Change(params IEnumerable<string> arguments) =>
        new(Program, [.. Always, "--debuglevel=2", "--setopt=*.metadata_expire=-1", "--setopt=*.skip_if_unavailable=True", "--assumeyes", .. arguments]);

    /// <summary>What the repositories are, with times in UTC.</summary>
    public static HostCommand Describe(params IEnumerable<string> arguments) =>
        new("env", ["TZ=UTC", Program, .. Always, .. Offline, "--verbose", .. arguments]);
}
