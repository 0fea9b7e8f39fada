using PatchOperator.Agent.Hosts;
using PatchOperator.Agent.Packages.Dnf;

namespace PatchOperator.Agent.Packages.Dnf5;

/// <summary>
/// dnf 5. A transaction could be stored when it is checked, and replayed: but replayed packages come from no repository, so that neither its setting for
/// signatures nor its keys count. So it is resolved once more from the same metadata, as by dnf 4.
/// </summary>
internal sealed class Dnf5Commands : DnfCommands
{
    public override HostCommand Repositories => Ask("repo", "info", "--json");

    public override HostCommand AdvisoryPackages => Ask(Everything, "advisory", "list", "--json");

    public override HostCommand Advisories => Ask(Everything, "advisory", "info", "--json");

    public override string Cache => "/var/cache/libdnf5";

    /// <summary>What is not installed it calls unavailable, and what a version lock excludes.</summary>
    protected override string[] Upgrading => ["upgrade", "--skip-unavailable"];

    protected override string Everything => "--setopt=disable_excludes=*";

    public override HostCommand Download(IEnumerable<string> nevras, string folder) =>
        Change([Everything, "download", "--skip-unavailable", $"--destdir={folder}", .. nevras]);

    public override HostCommand MarkAutomatic(IEnumerable<string> names) => Change(["mark", "dependency", .. names]);

    public override bool IsResolved(CommandResult simulation) => Dnf5Table.IsResolved(simulation);

    public override DnfTransaction ReadTransaction(string output, string native) => Dnf5Table.Parse(output, native);

    public override DnfAdvisories ReadAdvisories(string list, string info, string native) => Dnf5Advisories.Parse(list, info, native);

    public override DnfRepositories ReadRepositories(CommandResult result) => Dnf5Repositories.Parse(result.Output);

    public override VersionLocks ReadLocks(string output) => Dnf5VersionLocks.Parse(output);

    protected override HostCommand Fetch(params IEnumerable<string> arguments) => Dnf5Options.Fetch(arguments);

    protected override HostCommand Ask(params IEnumerable<string> arguments) => Dnf5Options.Ask(arguments);

    protected override HostCommand Simulate(params IEnumerable<string> arguments) => Dnf5Options.Simulate(arguments);

    protected override HostCommand Change(params IEnumerable<string> arguments) => Dnf5Options.Change(arguments);

    /// <summary>It takes the older ones away as it does.</summary>
    protected override IEnumerable<string> Repair(IEnumerable<string> newest) => ["reinstall", .. newest];

    protected override IEnumerable<string> Restore(DnfWayBack way) =>
    [
        "do", .. way.Coming.Count > 0 ? ["--action=install", .. way.Coming] : Array.Empty<string>(),
        .. way.Going.Count > 0 ? ["--action=remove", .. way.Going] : Array.Empty<string>(),
    ];
}
