using System.Xml.Linq;
using PatchOperator.Agent.Hosts;
using PatchOperator.Agent.Packages.Rpm;
using PatchOperator.Agent.Run;
using PatchOperator.Contract;

namespace PatchOperator.Agent.Packages.Zypper;

/// <summary>
/// Asks zypper what it knows. It waits for no lock, and takes one even to answer: between the look at the lock and its own another may be faster.
/// </summary>
internal sealed class ZypperQueries(HostCommands commands, ZypperLocks locks, RpmDatabase database)
{
    public Task<CommandResult> RunAsync(HostCommand command, Deadline deadline) => LockWait.RetryAsync(
        () => locks.WaitAsync(deadline),
        () => commands.RunAsync(command, deadline.Token),
        result => result.ExitCode == ZypperExitCodes.Locked,
        deadline);

    /// <summary>The answer, whether zypper finds a way or none.</summary>
    /// <exception cref="HostCommandException">It does not answer, and names no problem.</exception>
    public async Task<ZypperAnswer> AskAsync(HostCommand command, Deadline deadline)
    {
        var result = await RunAsync(command, deadline);
        return ZypperAnswer.Parse(result) is { } answer && (ZypperExitCodes.IsAnswer(answer.ExitCode) || answer.Problems.Count > 0)
            ? answer
            : throw new HostCommandException(command, result with { Output = ZypperMessages.Tail(result.Output) });
    }

    public async Task<ZypperSummary> SummaryAsync(ZypperAnswer answer, Deadline deadline) =>
        ZypperSummary.Parse(answer.Stream, await database.ArchitectureAsync(deadline));

    public async Task<IReadOnlyList<ZypperRepository>> RepositoriesAsync(Deadline deadline)
    {
        var result = await RunAsync(ZypperCommands.Repositories, deadline);
        return ZypperAnswer.Parse(result) is { } answer
            ? ZypperRepository.ParseAll(answer.Stream)
            : throw new HostCommandException(ZypperCommands.Repositories, result);
    }

    /// <param name="names">As the agent knows packages; all that repositories have where there are none.</param>
    /// <param name="deadline">The step's.</param>
    public async Task<ZypperOffers> OffersAsync(IEnumerable<string> names, Deadline deadline)
    {
        var repositories = await RepositoriesAsync(deadline);
        var answer = await AskAsync(ZypperCommands.Offers(names.SelectMany(Spellings).Distinct()), deadline);
        return ZypperOffers.Parse(answer.Stream, repositories, await database.ArchitectureAsync(deadline));
    }

    /// <summary>What takes the place of a package by its maker's will.</summary>
    public async Task<IReadOnlyList<ApprovedUpdate>> ObsoletingAsync(string name, Deadline deadline)
    {
        var native = await database.ArchitectureAsync(deadline);
        var answer = await AskAsync(ZypperCommands.Obsoleting(name), deadline);
        return
        [
            .. answer.Stream.Descendants("solvable")
                .Select(solvable => new ApprovedUpdate(ZypperSummary.NameOf(solvable, native), ZypperSummary.Value(solvable, "edition"))),
        ];
    }

    /// <summary>The names of installed packages that a lock of zypper's keeps as they are.</summary>
    public async Task<IReadOnlySet<string>> LockedAsync(Deadline deadline)
    {
        var native = await database.ArchitectureAsync(deadline);
        return Locked((await AskAsync(ZypperCommands.Locks, deadline)).Stream, native);
    }

    public static IReadOnlySet<string> Locked(XElement stream, string native) => stream.Descendants("match")
        .Where(match => ZypperSummary.Value(match, "kind") == "package" && ZypperSummary.Value(match, "installed") == "true")
        .Select(match => ZypperSummary.NameOf(match, native)).ToHashSet();

    /// <summary>zypper's search knows a package by its name alone, without the architecture that may be behind it.</summary>
    private static IEnumerable<string> Spellings(string name) => name.LastIndexOf('.') is > 0 and var dot ? [name, name[..dot]] : [name];
}
