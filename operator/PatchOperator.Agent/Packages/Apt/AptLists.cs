using PatchOperator.Agent.Hosts;
using PatchOperator.Agent.Run;
using PatchOperator.Contract;

namespace PatchOperator.Agent.Packages.Apt;

/// <summary>Whether apt has the lists of all that is configured, and how old they are.</summary>
internal sealed class AptLists(HostCommands commands)
{
    private const int MaxNamed = 5;

    /// <summary>Made by a hook that Ubuntu ships, and only when every list was fetched.</summary>
    private const string SuccessStamp = "/var/lib/apt/periodic/update-success-stamp";

    /// <param name="refreshedAt">When this very process refreshed all lists; null when it did not.</param>
    /// <param name="deadline">The step's.</param>
    public async Task<ListFacts> FindAsync(DateTimeOffset? refreshedAt, Deadline deadline)
    {
        var configured = AptIndex.ParseAll(await commands.ReadAsync(AptCommands.Indexes(configured: true), deadline.Token));
        if (configured.Count == 0)
            return new ListFacts(false, null, "no archive of packages is configured on the host: /etc/apt/sources.list and sources.list.d name none");
        var missing = await MissingAsync(configured, deadline);
        var releases = configured.Select(Release).OfType<string>().Distinct().ToList();
        return new ListFacts(
            missing.Count == 0,
            releases.Count == 0 ? null : refreshedAt ?? await OldestAsync(releases, deadline),
            missing.Count == 0 ? null : Describe(missing));
    }

    private async Task<IReadOnlyList<string>> MissingAsync(IReadOnlyList<AptIndex> configured, Deadline deadline)
    {
        var absent = configured.Where(index => !IsPlainlyThere(index) && !HasNothing(index)).ToList();
        if (absent.Count == 0)
            return [];
        // Those that are kept compressed have other names, which only apt knows.
        var there = AptIndex.ParseAll(await commands.ReadAsync(AptCommands.Indexes(configured: false), deadline.Token)).Select(index => index.File).ToHashSet();
        return [.. absent.Where(index => !there.Contains(index.File)).Select(index => index.Name).Distinct()];
    }

    private bool IsPlainlyThere(AptIndex index) => Release(index) is not null && commands.Root.FileExists(index.File);

    private static string Describe(IReadOnlyList<string> missing) =>
        $"the host has no index of {Naming.Of(missing, MaxNamed)}: apt-get update has not fetched it";

    /// <summary>
    /// apt keeps no index that is empty, nor one that the archive does not have, as for an architecture that only others of the host's archives know.
    /// </summary>
    private bool HasNothing(AptIndex index)
    {
        if (Release(index) is not { } release)
            return false;
        var lines = File.ReadLines(commands.Root.Locate(release)).ToList();
        if (index.Key.Contains("/binary-all/", StringComparison.Ordinal) && !HasIndexOfAll(lines))
            return true;
        var sizes = lines
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(fields => fields is [_, _, var key] && (key == index.Key || key.StartsWith(index.Key + ".", StringComparison.Ordinal)))
            .ToList();
        return sizes.Count == 0 || sizes.Any(fields => fields[2] == index.Key && fields[1] == "0");
    }

    // As apt reads Release files (DebianRepository/Format): the index of packages for all architectures is one of its own only where the archive says so.
    private static bool HasIndexOfAll(IReadOnlyList<string> release) =>
        release.Any(line => line.StartsWith("Architectures:", StringComparison.Ordinal) && line.Split(' ').Contains("all"))
        && !release.Contains("No-Support-for-Architecture-all: Packages");

    private string? Release(AptIndex index) => index.ReleaseFiles.FirstOrDefault(commands.Root.FileExists);

    /// <summary>
    /// apt dates files as the archive does, so that their age says nothing; but it takes each Release file in hand anew whenever it has looked at the archive,
    /// changed or not.
    /// </summary>
    private async Task<DateTimeOffset> OldestAsync(IReadOnlyList<string> releases, Deadline deadline)
    {
        var oldest = (await ChangeTimes.ReadAsync(commands, releases, deadline)).Min();
        return commands.Root.FileExists(SuccessStamp) && File.GetLastWriteTimeUtc(commands.Root.Locate(SuccessStamp)) is var stamp && stamp > oldest.UtcDateTime
            ? new DateTimeOffset(stamp)
            : oldest;
    }
}
