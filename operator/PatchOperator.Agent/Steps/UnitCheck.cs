using PatchOperator.Agent.Hosts;
using PatchOperator.Agent.Mutations;
using PatchOperator.Agent.Run;
using PatchOperator.Agent.Units;

namespace PatchOperator.Agent.Steps;

/// <summary>
/// Whether what ran on a host before an operation still runs, where the request asks. A host without systemd has no units, and of one on which nothing was
/// noted nobody knows.
/// </summary>
internal sealed class UnitCheck(StepContext context)
{
    private const int MaxNamed = 5;

    // As long as systemd gives a unit by itself to come up; one that says it is still starting has what is left of the step's time.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan TimeToReport = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Glance = TimeSpan.FromSeconds(2);

    private bool IsAsked => context.Request.CheckUnits && SystemdMutations.AreAvailable(context.Commands.Root);

    /// <summary>Notes the units, unless this operation has already: before it changes anything.</summary>
    public async Task NoteAsync()
    {
        if (IsAsked && context.Journal.UnitsBefore is null)
            context.Journal.NoteUnits(UnitBaseline.Format(context.Deadline.Uptime, await ShowAsync()));
    }

    /// <summary>Waits until units are up that are coming up.</summary>
    /// <returns>
    /// What does not run, for a message, null when all is well; what somebody has disabled and is left alone, to be added to one; and what comes up with the
    /// host.
    /// </returns>
    public async Task<(string? Problem, string Remark, IReadOnlyList<string> ComingUp)> JudgeAsync() => await ChangesAsync() is { } changes
        ? (Problem(changes.Broken), Remark(changes.Disabled), changes.ComingUp)
        : (null, "", []);

    /// <summary>Starts what does not run, as after packages came back that had broken it: none of them knows that it should.</summary>
    /// <param name="mutation">What it is called on the host.</param>
    public async Task StartBrokenAsync(string mutation)
    {
        if (await ChangesAsync() is not { Broken: { Count: > 0 } broken })
            return;
        string[] names = [.. broken.Select(unit => unit.Name)];
        await context.Commands.RunAsync(new HostCommand("systemctl", ["reset-failed", "--", .. names]), context.Deadline.Token);
        _ = await context.Mutations.RunAsync(mutation, new HostCommand("systemctl", ["restart", "--", .. names]), context.Deadline);
    }

    private async Task<UnitChanges?> ChangesAsync()
    {
        if (!IsAsked || context.Journal.UnitsBefore is not { } noted)
            return null;
        var (before, end) = (UnitBaseline.Parse(noted), context.Deadline.Now + Limit);
        while (true)
        {
            var changes = new UnitChanges(before, UnitList.Parse(await ShowAsync()), context.Deadline.Uptime, context.Journal.UnitsVerified);
            if (!changes.AreUnderWay || context.Deadline.Remaining < TimeToReport || (context.Deadline.Now >= end && !changes.AreStarting))
                return changes;
            await context.Deadline.PauseAsync(Glance);
        }
    }

    private Task<string> ShowAsync() => context.Commands.ReadAsync(UnitList.Show, context.Deadline.Token);

    private static string? Problem(IReadOnlyList<HostUnit> broken) =>
        broken.Count == 0 ? null : $"units that ran before do not run now, or have failed: {Name(broken)}";

    private static string Remark(IReadOnlyList<HostUnit> disabled) =>
        disabled.Count == 0 ? "" : $"; left alone, as somebody has disabled them since it was verified: {Name(disabled)}";

    private static string Name(IReadOnlyList<HostUnit> units) => Naming.Of(units.Select(unit => unit.ToString()), MaxNamed);
}
