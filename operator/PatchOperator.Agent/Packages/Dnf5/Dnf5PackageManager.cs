using PatchOperator.Agent.Hosts;
using PatchOperator.Agent.Mutations;
using PatchOperator.Agent.Packages.Dnf;
using PatchOperator.Agent.Run;

namespace PatchOperator.Agent.Packages.Dnf5;

/// <summary>dnf 5 and rpm: Fedora since 41, and what is made from it since then.</summary>
internal sealed class Dnf5PackageManager(HostCommands commands, IMutations mutations, Progress progress)
    : DnfPackageManager(commands, new Dnf5Commands(), mutations, progress)
{
    private readonly Dnf5Staging staging = new(commands.Root);

    /// <summary>Into dnf's own cache: it checks the sums of what it finds there.</summary>
    public override async Task<bool> StageAsync(PatchPlan plan, Deadline deadline)
    {
        await staging.KeepAsync(await DownloadAsync(deadline));
        return true;
    }

    public override async Task<MutationEnd> InstallAsync(string mutation, PatchPlan plan, Deadline deadline)
    {
        var end = await base.InstallAsync(mutation, plan, deadline);
        // dnf keeps what was there before it began.
        if (!end.Failed)
            await staging.KeepAsync([]);
        return end;
    }
}
