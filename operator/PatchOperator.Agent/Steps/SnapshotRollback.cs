using PatchOperator.Agent.Packages;

namespace PatchOperator.Agent.Steps;

/// <summary>
/// The part of snapshots in a rollback: the configuration files of packages, which these do not bring back. The packages themselves come back by their package
/// manager, which replaces each file at once, and notes it then. <c>snapper undochange</c> takes a file away before it writes it anew, ends with 0 whatever
/// fails, writes over what has changed since, and leaves out files whose time of change is that of before, as those of a package that was only built again; and
/// the database of packages is one file among others to it: a host would call installed what is not there. <c>snapper rollback</c> takes a reboot, and takes
/// away what anybody has written since.
/// </summary>
internal sealed class SnapshotRollback
{
    private static readonly string[] LeftBeside = [".rpmnew", ".rpmorig", ".rpmsave"];

    private readonly StepContext context;
    private readonly Snapper snapper;
    private readonly string mutation;
    private readonly (int Before, int After) pair;

    private SnapshotRollback(StepContext context, Snapper snapper, string mutation, (int Before, int After) pair) =>
        (this.context, this.snapper, this.mutation, this.pair) = (context, snapper, mutation, pair);

    /// <summary>The number of the snapshot that has the host as it was.</summary>
    public int Before => pair.Before;

    /// <summary>The files that were put back, but for those that packages had left beside others: no script of a package has told services of them.</summary>
    public IReadOnlyList<string> PutBack { get; private set; } = [];

    /// <summary>Before anything is brought back.</summary>
    /// <returns>Null where there is no pair of snapshots, or snapper does not answer.</returns>
    public static async Task<SnapshotRollback?> FindAsync(StepContext context, Snapper? snapper, string mutation, bool late)
    {
        if (snapper is null || await new SnapshotPair(context, snapper).FindAsync(late && context.Journal.ChangedFiles is null) is not { } pair)
            return null;
        if (context.Journal.ChangedFiles is null)
        {
            if (await snapper.ChangedAsync(pair.Before, pair.After, context.Deadline) is not { } changed
                || await snapper.ChangedAsync(pair.After, Snapper.Now, context.Deadline) is not { } since)
                return null;
            context.Journal.ChangedFiles = [.. changed.Except(since)];
        }

        return new SnapshotRollback(context, snapper, mutation, pair);
    }

    /// <summary>After the packages are back.</summary>
    /// <returns>What has not come back.</returns>
    public async Task<IReadOnlyList<string>> BringConfigurationBackAsync(IEnumerable<string> packages)
    {
        // What an earlier agent began.
        _ = await context.Mutations.ResumeAsync(mutation, context.Deadline);
        var configuration = await snapper.ConfigurationAsync(packages, context.Deadline);
        var different = await DifferentAsync((context.Journal.ChangedFiles ?? []).Where(file => configuration.Contains(Of(file))));
        var left = different.Count == 0 ? [] : await UndoAsync(different);
        PutBack = [.. different.Except(left).Where(file => Of(file) == file)];
        // What somebody changes from now on stays, also where a later attempt looks again.
        if (left.Count == 0)
            context.Journal.ChangedFiles = [];
        return left;
    }

    /// <summary>The configuration file that this is, or was left beside.</summary>
    private static string Of(string file) =>
        LeftBeside.FirstOrDefault(end => file.EndsWith(end, StringComparison.Ordinal)) is { } end ? file[..^end.Length] : file;

    private async Task<IReadOnlyList<string>> UndoAsync(IReadOnlyList<string> files)
    {
        var list = mutation + ".list";
        context.State.Write(list, string.Concat(files.Select(file => file + "\n")));
        _ = await context.Mutations.RunAsync(mutation, Snapper.Undo(pair.Before, pair.After, context.State.HostPathOf(list)), context.Deadline);
        return await DifferentAsync(files);
    }

    /// <summary>Those that are not as they were; all of them where snapper does not answer.</summary>
    private async Task<IReadOnlyList<string>> DifferentAsync(IEnumerable<string> files) =>
        await snapper.ChangedAsync(pair.Before, Snapper.Now, context.Deadline) is { } different ? [.. files.Where(different.Contains)] : [.. files];
}
