using PatchOperator.Agent.Hosts;

namespace PatchOperator.Agent.Packages.Dnf;

/// <summary>dnf 4.</summary>
internal sealed class Dnf4Commands : DnfCommands
{
    public override HostCommand Repositories => DnfOptions.Describe("repolist");

    public override HostCommand AdvisoryPackages => Ask(Everything, "updateinfo", "list");

    public override HostCommand Advisories => Ask(Everything, "updateinfo", "info");

    public override string Cache => "/var/cache/dnf";

    protected override string[] Upgrading => ["upgrade"];

    protected override string Everything => "--disableexcludes=all";

    /// <summary>What dnf does not keep of its own will, it would delete again after the next transaction.</summary>
    public override HostCommand Download(IEnumerable<string> nevras, string folder) =>
        Change([Everything, "--setopt=keepcache=True", "--downloadonly", $"--downloaddir={folder}", "reinstall", .. nevras]);

    public override HostCommand MarkAutomatic(IEnumerable<string> names) => Change(["--quiet", "mark", "remove", .. names]);

    public override bool IsResolved(CommandResult simulation) => DnfTransaction.IsResolved(simulation);

    public override DnfTransaction ReadTransaction(string output, string native) => DnfTransaction.Parse(output, native);

    public override DnfAdvisories ReadAdvisories(string list, string info, string native) => DnfAdvisories.Parse(list, info, native);

    public override DnfRepositories ReadRepositories(CommandResult result) =>
        new(DnfRepository.ParseAll(result.Output), DnfRepository.Unread(result.Output + "\n" + result.Errors));

    public override VersionLocks ReadLocks(string output) => VersionLocks.Parse(output);

    protected override HostCommand Fetch(params IEnumerable<string> arguments) => DnfOptions.Fetch(arguments);

    protected override HostCommand Ask(params IEnumerable<string> arguments) => DnfOptions.Ask(arguments);

    protected override HostCommand Simulate(params IEnumerable<string> arguments) => DnfOptions.Simulate(arguments);

    protected override HostCommand Change(params IEnumerable<string> arguments) => DnfOptions.Change(arguments);

    protected override IEnumerable<string> Repair(IEnumerable<string> newest) => ["remove", "--duplicates"];

    protected override IEnumerable<string> Restore(DnfWayBack way) => ["shell", way.Script];
}
