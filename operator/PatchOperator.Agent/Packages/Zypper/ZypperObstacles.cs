using PatchOperator.Agent.Packages.Rpm;
using PatchOperator.Agent.Run;
using PatchOperator.Contract;

namespace PatchOperator.Agent.Packages.Zypper;

/// <summary>Says why zypper would not install an update.</summary>
/// <param name="queries">Of the host.</param>
/// <param name="offers">What repositories have.</param>
/// <param name="broken">Why zypper does nothing at all on this host; empty where it does.</param>
/// <param name="ways">Told what would have to go for an update.</param>
internal sealed class ZypperObstacles(ZypperQueries queries, ZypperOffers offers, IReadOnlyList<SolverProblem> broken, RemovalWays ways)
    : Obstacles(RpmNames.Refusal, "zypper update keeps it back")
{
    /// <summary>A repository that only fills gaps keeps nothing back, as long as what it has mends nothing.</summary>
    public bool IsPassedOver(PendingUpdate update) => update is { Installable: false, Held: false, Security: false } && Preferred(update) is not null;

    protected override async Task<string> ExplainAsync(PendingUpdate update, Deadline deadline)
    {
        if (broken.Count > 0)
            return $"zypper does nothing on this host until this is mended: {broken[0].Text}";
        if (Preferred(update) is var (own, other))
            return $"its repository {own.Alias} has priority {own.Priority}, and {other.Alias} with {other.Priority} is preferred";
        return await SimulateAsync(() => SimulateAsync(update, deadline));
    }

    /// <summary>The repository of an update, and the one with the same package that zypper prefers to it.</summary>
    private (ZypperRepository Own, ZypperRepository Other)? Preferred(PendingUpdate update)
    {
        var own = offers.Of(update.Name).Where(offer => offer.Version == update.Candidate).MinBy(offer => offer.Repository.Priority)?.Repository;
        var other = offers.Of(update.Name).MinBy(offer => offer.Repository.Priority)?.Repository;
        return own is not null && other is not null && other.Priority < own.Priority ? (own, other) : null;
    }

    private async Task<string> SimulateAsync(PendingUpdate update, Deadline deadline)
    {
        IReadOnlyList<ApprovedUpdate> request = [new ApprovedUpdate(update.Name, update.Candidate)];
        var answer = await queries.AskAsync(ZypperCommands.SimulateInstall(request), deadline);
        if (answer.Problems is [var problem, ..])
            return Explain(problem, update) + await FindWayAsync(update, request, deadline);
        var summary = await queries.SummaryAsync(answer, deadline);
        if (summary.Removals.Count > 0)
            return $"needs the removal of {string.Join(", ", summary.Removals)}{await AddWayAsync(update, summary)}";
        return summary.OtherVendors.Count > 0
            ? $"would change the vendor of {string.Join(", ", summary.OtherVendors)}, which zypper does not do by itself"
            : Kept;
    }

    private async Task<string> FindWayAsync(PendingUpdate update, IReadOnlyList<ApprovedUpdate> request, Deadline deadline)
    {
        if (!ways.AreSought)
            return "";
        var forced = await queries.AskAsync(ZypperCommands.SimulateInstall(request, removes: true), deadline);
        return forced.Problems.Count > 0 ? "" : await AddWayAsync(update, await queries.SummaryAsync(forced, deadline));
    }

    private async Task<string> AddWayAsync(PendingUpdate update, ZypperSummary way) => way.OtherVendors.Count > 0
        ? ""
        : await ways.AddAsync(update, way.Removals, [.. way.Installs.Select(install => (install.Name, install.To))]);

    private static string Explain(SolverProblem problem, PendingUpdate update)
    {
        if (problem.Locked.Contains(update.Name) && problem.Locked.Count == 1)
            return $"a lock of zypper's keeps {update.Candidate} out";
        var locks = string.Concat(problem.Locked.Select(name => $"; {name} is on hold"));
        return problem.Removals.Count > 0
            ? $"needs the removal of {string.Join(", ", problem.Removals)}: {problem.Text}{locks}"
            : $"cannot be met: {problem.Text}{locks}";
    }
}
