using PatchOperator.Agent.Mutations;
using PatchOperator.Agent.Packages;

namespace PatchOperator.Agent.Steps;

/// <summary>
/// What snapshots have a part in, of a rollback. Packages come back by their package manager: it replaces each file at once, and its database follows.
/// <c>snapper undochange</c> takes a file away before it writes it anew, tells no failure by its exit code, writes over what has changed since, and the database
/// is one file among others to it: torn from that, a host would call installed what is not there. So it has what packages do not bring back, their
/// configuration files, and, where a package is nowhere to be had, all; then the database last, when all others are seen to be back.
/// <c>snapper rollback</c> would take back what anybody else has written since as well, by a reboot.
/// </summary>
internal sealed class SnapshotRollback
{
    private static readonly string[] LeftBeside = [".rpmnew", ".rpmorig", ".rpmsave"];

    private readonly StepContext context;
    private readonly Snapper snapper;
    private readonly string mutation;
    private readonly (int Before, int After) pair;
    private readonly IReadOnlyList<string> changed;

    private SnapshotRollback(StepContext context, Snapper snapper, string mutation, (int Before, int After) pair, IReadOnlyList<string> changed) =>
        (this.context, this.snapper, this.mutation, this.pair, this.changed) = (context, snapper, mutation, pair, changed);

    /// <summary>Whether all can come back: nobody has changed the database of packages since.</summary>
    public bool HasAll => changed.Any(Snapper.IsOfDatabase);

    /// <summary>The files that were put back, but for those that packages had left beside others: no script of a package has told services of them.</summary>
    public IReadOnlyList<string> PutBack { get; private set; } = [];

    /// <summary>Before anything is brought back.</summary>
    /// <returns>Null where there is no pair of snapshots, or snapper does not answer.</returns>
    public static async Task<SnapshotRollback?> FindAsync(StepContext context, Snapper? snapper, string mutation)
    {
        if (snapper is null || await new SnapshotPair(context, snapper).FindAsync() is not { } pair)
            return null;
        if (context.Journal.ChangedFiles is null && await ChangedAsync(snapper, pair, context) is { } files)
            context.Journal.ChangedFiles = files;
        return context.Journal.ChangedFiles is { } changed ? new SnapshotRollback(context, snapper, mutation + "-files", pair, changed) : null;
    }

    /// <summary>Goes on with what an earlier agent began.</summary>
    public static Task ResumeAsync(StepContext context, string mutation) => context.Mutations.ResumeAsync(mutation + "-files", context.Deadline);

    /// <summary>Whether it has come to an end is told by what is installed then: where a file has not come back, the database is left as it is.</summary>
    public async Task<MutationEnd?> BringAllBackAsync()
    {
        context.Progress.Say($"going back by the files of snapshot {pair.Before}");
        var (end, left) = await UndoAsync([.. changed.Where(file => !Snapper.IsOfDatabase(file))]);
        if (left.Count == 0)
            (end, _) = await UndoAsync([.. changed.Where(Snapper.IsOfDatabase)]);
        return end;
    }

    /// <summary>After the packages, whose configuration files an update may have moved or changed.</summary>
    /// <returns>What has not come back.</returns>
    public async Task<IReadOnlyList<string>> BringConfigurationBackAsync(IEnumerable<string> packages)
    {
        var configuration = await snapper.ConfigurationAsync(packages, context.Deadline);
        var (_, left) = await UndoAsync([.. changed.Where(file => configuration.Contains(file) || configuration.Contains(Beside(file)))]);
        // What somebody changes from now on stays, also where a later attempt looks again.
        if (left.Count == 0)
            context.Journal.ChangedFiles = [];
        return left;
    }

    private static async Task<IReadOnlyList<string>?> ChangedAsync(Snapper snapper, (int Before, int After) pair, StepContext context)
    {
        if (await snapper.ChangedAsync(pair.Before, pair.After, context.Deadline) is not { } changed
            || await snapper.ChangedAsync(pair.After, Snapper.Now, context.Deadline) is not { } since)
            return null;
        var isDatabaseOurs = !since.Any(file => Snapper.IsOfDatabase(file) && !Snapper.IsTransient(file));
        return [.. changed.Except(since).Except(since.SelectMany(Folders)).Where(file => isDatabaseOurs || !Snapper.IsOfDatabase(file))];
    }

    /// <summary>Those that a file is in: one that has come with a package cannot go while something of somebody else's is in it.</summary>
    private static IEnumerable<string> Folders(string file)
    {
        for (var folder = Path.GetDirectoryName(file); folder is not null; folder = Path.GetDirectoryName(folder))
            yield return folder;
    }

    private static string Beside(string file) =>
        LeftBeside.FirstOrDefault(end => file.EndsWith(end, StringComparison.Ordinal)) is { } end ? file[..^end.Length] : file;

    /// <summary>Of some files those that are not as they were, and what is left of these then.</summary>
    private async Task<(MutationEnd? End, IReadOnlyList<string> Left)> UndoAsync(IReadOnlyList<string> files)
    {
        var list = mutation + ".list";
        var different = files.Count == 0 ? [] : await DifferentAsync(files);
        if (different.Count == 0)
            return (null, []);
        context.State.Write(list, string.Concat(different.Select(file => file + "\n")));
        var end = await context.Mutations.RunAsync(mutation, Snapper.Undo(pair.Before, pair.After, context.State.HostPathOf(list)), context.Deadline);
        var left = await DifferentAsync(different);
        PutBack = [.. PutBack, .. different.Except(left).Where(file => Beside(file) == file)];
        return (end, left);
    }

    /// <summary>All of them where snapper does not answer.</summary>
    private async Task<IReadOnlyList<string>> DifferentAsync(IReadOnlyList<string> files) =>
        await snapper.ChangedAsync(pair.Before, Snapper.Now, context.Deadline) is { } different ? [.. files.Where(different.Contains)] : files;
}
