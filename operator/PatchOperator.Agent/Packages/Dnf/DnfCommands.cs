using PatchOperator.Agent.Hosts;

namespace PatchOperator.Agent.Packages.Dnf;

/// <summary>A generation of dnf: its command lines, in one place, and what reads those answers that differ.</summary>
internal abstract class DnfCommands
{
    public HostCommand Refresh => Fetch("makecache", "--refresh");

    public abstract HostCommand Repositories { get; }

    /// <summary>Why each package is there.</summary>
    public HostCommand Reasons => Query(DnfReason.Format, "--installed");

    /// <summary>What is installed, in full.</summary>
    public HostCommand Installed => Query(DnfOffer.Format, "--installed");

    /// <summary>The names of what is installed and may be so in several versions: dnf.conf(5), installonlypkgs.</summary>
    public HostCommand SideBySide => Query("%{name}\n", "--installonly");

    public HostCommand Locks => Ask("versionlock", "list");

    /// <summary>What is newer than what is installed, also what the host's configuration excludes.</summary>
    public HostCommand AllUpgrades => Query(DnfOffer.Format, Everything, "--upgrades");

    public abstract HostCommand AdvisoryPackages { get; }

    public abstract HostCommand Advisories { get; }

    public HostCommand NeedsReboot => Ask("needs-restarting", "--reboothint");

    /// <summary>What could be installed now, whatever else could not.</summary>
    public HostCommand SimulateUpgrade => Simulate("--setopt=best=False", "upgrade");

    /// <summary>Below it, a folder for each repository has what was downloaded.</summary>
    public abstract string Cache { get; }

    /// <summary>The command that upgrades what is installed, and passes over what is not unless it replaces something.</summary>
    protected abstract string[] Upgrading { get; }

    /// <summary>Also what the host's configuration excludes. Queries know nothing of version locks.</summary>
    protected abstract string Everything { get; }

    /// <summary>Without what is excluded.</summary>
    public HostCommand Available(IEnumerable<string> names) => Query(DnfOffer.Format, ["--available", .. names]);

    public HostCommand SimulateInstall(DnfRequest request) => Simulate(Upgrade(request));

    /// <summary>Upgrades of packages that are not installed: of those that replace one that is, and of no others.</summary>
    public HostCommand SimulateSuccession(IEnumerable<string> nevras) => Simulate(["--setopt=best=False", .. Upgrading, .. nevras]);

    /// <summary>Downloads what an installation needs: dnf checks it once more when it installs it.</summary>
    /// <param name="request">What will be installed.</param>
    /// <param name="bytesPerSecond">The most that it takes of the network; null: as much as the host's own configuration lets it.</param>
    public HostCommand Stage(DnfRequest request, long? bytesPerSecond) =>
        Change(Upgrade(request, ["--downloadonly", .. bytesPerSecond is { } limit ? [$"--setopt=*.throttle={limit}"] : Array.Empty<string>()]));

    public HostCommand Install(DnfRequest request, string comment) => Change([$"--comment={comment}", .. Upgrade(request)]);

    /// <summary>Exactly the packages that are named and what they cannot be without.</summary>
    public HostCommand Add(IEnumerable<string> names) => Change(["--setopt=install_weak_deps=False", "install", .. names]);

    public HostCommand Remove(IEnumerable<string> names) => Change(["remove", .. names]);

    /// <summary>At the versions that are installed: no repository is asked.</summary>
    public HostCommand Hold(IEnumerable<string> names) => Change(["--disablerepo=*", "versionlock", "add", .. names]);

    public HostCommand SimulateRepair(IEnumerable<string> newest, bool removes) => Simulate([.. Repair(newest), .. Erasing(removes)]);

    /// <summary>Takes away the older of what is there twice, and installs the newer once more, as its scripts may not have run.</summary>
    /// <param name="newest">The newest of each that is there twice, in full.</param>
    /// <param name="removes">Whether other packages go for it.</param>
    /// <param name="comment">Of the transaction.</param>
    public HostCommand Repair(IEnumerable<string> newest, bool removes, string comment) =>
        Change([$"--comment={comment}", .. Repair(newest), .. Erasing(removes)]);

    /// <summary>Downloads packages that are installed, those that a repository still has.</summary>
    public abstract HostCommand Download(IEnumerable<string> nevras, string folder);

    public HostCommand SimulateRestore(DnfWayBack way) => Simulate([Everything, .. Restore(way)]);

    public HostCommand Restore(DnfWayBack way, string comment) => Change([Everything, $"--comment={comment}", .. Restore(way)]);

    public abstract HostCommand MarkAutomatic(IEnumerable<string> names);

    /// <summary>Whether a simulation has found a way.</summary>
    public abstract bool IsResolved(CommandResult simulation);

    /// <param name="output">What a simulation prints.</param>
    /// <param name="native">The host's architecture.</param>
    public abstract DnfTransaction ReadTransaction(string output, string native);

    /// <param name="list">What <see cref="AdvisoryPackages"/> prints.</param>
    /// <param name="info">What <see cref="Advisories"/> prints.</param>
    /// <param name="native">The host's architecture.</param>
    public abstract DnfAdvisories ReadAdvisories(string list, string info, string native);

    /// <param name="result">Of <see cref="Repositories"/>.</param>
    public abstract DnfRepositories ReadRepositories(CommandResult result);

    /// <param name="output">What <see cref="Locks"/> prints.</param>
    public abstract VersionLocks ReadLocks(string output);

    /// <summary>Fetches what all repositories offer.</summary>
    protected abstract HostCommand Fetch(params IEnumerable<string> arguments);

    /// <summary>Asks and changes nothing.</summary>
    protected abstract HostCommand Ask(params IEnumerable<string> arguments);

    /// <summary>Says what it would do.</summary>
    protected abstract HostCommand Simulate(params IEnumerable<string> arguments);

    /// <summary>Changes the host, by what was known when it was simulated: what has come out since must not take part.</summary>
    protected abstract HostCommand Change(params IEnumerable<string> arguments);

    protected abstract IEnumerable<string> Repair(IEnumerable<string> newest);

    protected abstract IEnumerable<string> Restore(DnfWayBack way);

    private HostCommand Query(string format, params IEnumerable<string> arguments) => Ask(["repoquery", $"--queryformat={format}", .. arguments]);

    /// <summary>At these versions or not at all. What is excluded is so as the request has another version of it.</summary>
    private string[] Upgrade(DnfRequest request, params IEnumerable<string> options) =>
        ["--best", .. request.Excluded.Select(nevra => $"--exclude={nevra}"), .. Upgrading, .. Erasing(request.Removes), .. options, .. request.Upgrades];

    private static string[] Erasing(bool removes) => removes ? ["--allowerasing"] : [];
}
