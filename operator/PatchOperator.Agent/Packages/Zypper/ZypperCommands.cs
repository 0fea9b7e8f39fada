using PatchOperator.Agent.Hosts;
using PatchOperator.Contract;

namespace PatchOperator.Agent.Packages.Zypper;

/// <summary>
/// The command lines, in one place. What they pin, no zypper.conf(5) of the host changes. Which repositories there are, their priorities, whose packages may
/// replace whose, and what may be there in several versions stay the host's affair.
/// </summary>
internal static class ZypperCommands
{
    public const string Program = "zypper";

    /// <summary>Where zypper keeps what it knows of repositories, and what it downloads.</summary>
    public const string Cache = "/var/cache/zypp";

    /// <summary>Where it downloads packages to.</summary>
    public const string PackageCache = Cache + "/packages";

    private static readonly string[] Always = ["--non-interactive", "--xmlout", "--cache-dir", Cache];

    public static HostCommand Refresh { get; } = new(Program, [.. Always, "refresh"]);

    public static HostCommand Repositories { get; } = new(Program, [.. Always, "repos"]);

    /// <summary>The locks of zypper's own with what they match.</summary>
    public static HostCommand Locks { get; } = Ask("locks", "--solvables");

    public static HostCommand NeedsRebooting { get; } = Ask("needs-rebooting");

    public static HostCommand SimulateUpdate { get; } = Ask(["update", .. Solver(), "--dry-run"]);

    public static HostCommand SimulatePurgeKernels { get; } = Ask("purge-kernels", "--dry-run");

    public static HostCommand PurgeKernels { get; } = Ask("purge-kernels");

    /// <summary>All versions that repositories have, of these names, or of all where there is none.</summary>
    public static HostCommand Offers(params IEnumerable<string> names) => Search(names.Any() ? ["--match-exact", "--", .. names] : []);

    /// <summary>What replaces a package by its maker's will.</summary>
    public static HostCommand Obsoleting(string name) => Search("--obsoletes", "--", name);

    /// <param name="updates">What to install.</param>
    /// <param name="removes">Whether packages may go for it.</param>
    public static HostCommand SimulateInstall(IEnumerable<ApprovedUpdate> updates, bool removes = false) =>
        Ask([.. Install(removes), "--dry-run", "--", .. Capabilities(updates)]);

    /// <summary>What cannot be downloaded is found before anything is touched.</summary>
    /// <param name="updates">What to install.</param>
    /// <param name="removes">Whether packages go for it.</param>
    /// <param name="snapshots">Whether snapper's plugin of zypper is to make a pair of snapshots, where it is there; not where the agent makes one.</param>
    public static HostCommand RunInstall(IEnumerable<ApprovedUpdate> updates, bool removes, bool snapshots = true) =>
        Ask([.. Install(removes), "--download", "in-advance", "--", .. Capabilities(updates)]) with
        {
            Variables = snapshots ? [] : [("DISABLE_SNAPPER_ZYPP_PLUGIN", "1")],
        };

    /// <summary>Downloads what an installation needs, into zypper's cache: it checks what it finds there when it installs it.</summary>
    /// <param name="updates">What will be installed.</param>
    /// <param name="removes">Whether packages go for it.</param>
    /// <param name="configuration">What to read instead of the host's zypp.conf(5); null: that. How fast it may download has no option.</param>
    public static HostCommand Stage(IEnumerable<ApprovedUpdate> updates, bool removes, string? configuration)
    {
        var stage = Ask([.. Install(removes), "--download-only", "--", .. Capabilities(updates)]);
        return configuration is null ? stage : stage with { Variables = [("ZYPP_CONF", configuration)] };
    }

    /// <summary>Exactly the packages that are named and what they cannot be without.</summary>
    public static HostCommand Add(IEnumerable<string> names) => Ask([.. Install(), "--download", "in-advance", "--", .. names]);

    public static HostCommand Remove(IEnumerable<string> names) => Ask(["remove", "--type", "package", "--no-clean-deps", "--name", "--", .. names]);

    public static HostCommand Lock(IEnumerable<string> names) => Ask(["addlock", "--type", "package", "--", .. names]);

    /// <param name="packages">What is installed.</param>
    /// <param name="removes">Whether packages may go for it.</param>
    public static HostCommand SimulateReinstall(IEnumerable<ApprovedUpdate> packages, bool removes) =>
        Ask([.. Install(removes), "--force", "--dry-run", "--", .. Capabilities(packages)]);

    /// <summary>Installs again what is installed, which removes what is left over of other versions.</summary>
    /// <param name="packages">What is installed.</param>
    /// <param name="removes">Whether packages go for it.</param>
    public static HostCommand RunReinstall(IEnumerable<ApprovedUpdate> packages, bool removes) =>
        Ask([.. Install(removes), "--force", "--download", "in-advance", "--", .. Capabilities(packages)]);

    /// <summary>Downloads packages that are installed, if repositories still have all of them.</summary>
    public static HostCommand Download(IEnumerable<ApprovedUpdate> packages, string folder) =>
        new(Program, [.. Always, "--pkg-cache-dir", folder, "--no-refresh", .. Install(), "--force", "--download-only", "--", .. Capabilities(packages)]);

    /// <param name="request">Files and exact versions, and names with an exclamation mark before them of what is to go.</param>
    public static HostCommand SimulateRestore(IEnumerable<string> request) => Ask([.. Install(), "--oldpackage", "--dry-run", .. Restore(request)]);

    /// <param name="request">As above.</param>
    public static HostCommand RunRestore(IEnumerable<string> request) => Ask([.. Install(), "--oldpackage", "--download", "in-advance", .. Restore(request)]);

    // What was kept, was checked as it was downloaded; of a package that is none of its repository's signature is known any more.
    private static IEnumerable<string> Restore(IEnumerable<string> request) => ["--allow-unsigned-rpm", "--", .. request];

    private static IEnumerable<string> Install(bool removes = false) => ["install", .. Solver(removes), "--name"];

    // What is recommended and not required would come unapproved; and a solver that is forced removes what is in its way.
    private static IEnumerable<string> Solver(bool removes = false) =>
        ["--type", "package", "--no-recommends", removes ? "--force-resolution" : "--no-force-resolution"];

    /// <summary>Lists are refreshed when the agent says so, not beside.</summary>
    private static HostCommand Ask(params IEnumerable<string> arguments) => new(Program, [.. Always, "--no-refresh", .. arguments]);

    private static HostCommand Search(params IEnumerable<string> arguments) => Ask(["search", "--details", "--type", "package", .. arguments]);

    private static IEnumerable<string> Capabilities(IEnumerable<ApprovedUpdate> updates) => updates.Select(update => $"{update.Name}={update.Version}");
}
