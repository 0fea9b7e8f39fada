using PatchOperator.Agent.Hosts;
using PatchOperator.Agent.Mutations;
using PatchOperator.Agent.Run;
using PatchOperator.Agent.Units;
using PatchOperator.Contract;

namespace PatchOperator.Agent.Steps;

/// <summary>Restarts the services that run code which was replaced, where the request asks and no reboot does it.</summary>
internal sealed class ServiceRestarts(StepContext context, string mutation)
{
    private const int MaxNamed = 10;

    private bool IsAsked => SystemdMutations.AreAvailable(context.Commands.Root) && context.Request.Restarts switch
    {
        RestartMode.Always => true,
        RestartMode.UnlessRebootDue => context.Draft.Reboot is not { Required: true },
        _ => false,
    };

    /// <summary>After packages were changed, and it is known whether a reboot is due.</summary>
    /// <returns>What was restarted and what was not, to be added to a message.</returns>
    public async Task<string> RunAsync()
    {
        if (context.Request.Restarts == RestartMode.Never)
            return "";
        // By an earlier agent: containerd and the kubelet are among what is restarted.
        _ = await context.Mutations.ResumeAsync(mutation, context.Deadline);
        if (!IsAsked)
            return "";
        var (due, left) = Split(await FindAsync());
        if (due.Count == 0)
            return Remark(left);
        var end = await context.Mutations.RunAsync(mutation, new HostCommand("systemctl", ["try-restart", "--", .. due]), context.Deadline);
        // One that cannot be restarted keeps the others from nothing. Where nobody can look, systemd's own word is taken.
        var found = await FindAsync();
        var still = context.Draft.OutdatedServices is not null ? found : end.Failed ? [.. due, .. left] : left;
        context.Draft.Restarted = [.. due.Except(still)];
        return (context.Draft.Restarted.Count > 0 ? $"; restarted {Naming.Of(context.Draft.Restarted, MaxNamed)}" : "") + Remark(still);
    }

    private static (IReadOnlyList<string> Due, IReadOnlyList<string> Left) Split(IReadOnlyList<string> services) =>
        ([.. services.Where(RestartRules.Allows)], [.. services.Where(service => !RestartRules.Allows(service))]);

    private static string Remark(IReadOnlyList<string> left) =>
        left.Count == 0 ? "" : $"; not restarted, and running code that was replaced: {Naming.Of(left, MaxNamed)}";

    private async Task<IReadOnlyList<string>> FindAsync() =>
        (context.Draft.OutdatedServices = await new OutdatedServices(context).FindAsync(context.Deadline)) ?? [];
}
