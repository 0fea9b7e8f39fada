using PatchOperator.Agent.Hosts;

namespace PatchOperator.Agent.Packages.Apt;

/// <summary>
/// What every command line of apt and dpkg starts with, so that the host's apt.conf(5) and dpkg.cfg(5) change neither what the agent reads nor what an
/// approval covers. Where packages come from, and which of them is preferred, stays the host's affair. apt ignores options it is too old to know.
/// </summary>
internal static class AptOptions
{
    /// <summary>Of dpkg: a configuration file that somebody has changed stays, and nobody is asked.</summary>
    public static IReadOnlyList<string> KeepConfiguration { get; } = ["--no-force-confnew", "--no-force-confask", "--force-confdef", "--force-confold"];

    private static readonly string[] Output =
    [
        "APT::Color=false", "APT::Output-Version=0", "APT::Get::List-Columns=false", "APT::Get::Show-Versions=false",
        "APT::Get::Show-User-Simulation-Note=false", "Dpkg::Use-Pty=false", "Dpkg::Progress-Fancy=false",
        // What is not needed any more apt finds out at length, only to name it.
        "APT::Get::HideAutoRemove=true",
    ];

    private static readonly string[] Deeds =
    [
        "APT::Get::AutomaticRemove=false", "APT::Get::AutomaticRemove::Kernels=false", "APT::Get::Purge=false", "APT::Get::Remove=true",
        "APT::Get::ReInstall=false", "APT::Get::Upgrade=true", "APT::Get::Only-Upgrade=false", "APT::Get::Download=true", "APT::Get::Download-Only=false",
        "APT::Get::Print-URIs=false",
        "APT::Get::Simulate=false", "APT::Get::Trivial-Only=false", "APT::Get::Assume-No=false", "APT::Get::Fix-Broken=false", "APT::Get::Fix-Missing=false",
        "APT::Get::force-yes=false", "APT::Get::allow-downgrades=false", "APT::Get::allow-remove-essential=false", "APT::Get::allow-change-held-packages=false",
        "APT::Ignore-Hold=false", "APT::Keep-Downloaded-Packages=false", .. KeepConfiguration.Select(option => $"Dpkg::Options::={option}"),
    ];

    // A bare -q would be added to the host's own level, and the second level says yes to everything.
    private static readonly string[] Get = ["-q=1", "--assume-yes", .. Options(Output), .. Options(Deeds)];

    // The second version of a record gives sizes for people to read.
    private static readonly string[] Cache =
        ["-q=1", .. Options(["APT::Cache::Show::Version=1", "APT::Cache::AllVersions=true", "APT::Cache::ShowFull=false"])];

    public static HostCommand AptGet(params IEnumerable<string> arguments) => new("apt-get", [.. Get, .. arguments]);

    public static HostCommand AptCache(params IEnumerable<string> arguments) => new("apt-cache", [.. Cache, .. arguments]);

    private static IEnumerable<string> Options(IEnumerable<string> settings) => settings.SelectMany(setting => new[] { "-o", setting });
}
