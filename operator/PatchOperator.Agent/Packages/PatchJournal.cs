using System.Globalization;
using PatchOperator.Agent.Mutations;

namespace PatchOperator.Agent.Packages;

/// <summary>
/// What was installed before an operation first touched the host, and what it replaced, where that is kept. An agent that goes on with the work of one that was
/// killed reports the changes of both. What has succeeded is remembered only for as long as it may be rolled back: until the next operation begins.
/// </summary>
internal sealed class PatchJournal(StateDirectory state, StateDirectory untilReboot, string mutation)
{
    private const string Begun = ".before";
    private const string Done = ".finished";

    private string File => mutation + Begun;

    private string Finished => mutation + Done;

    private string AfterFile => mutation + ".after";

    private string NamesFile => mutation + ".names";

    private string UnitsFile => mutation + ".units";

    private string VerifiedFile => mutation + ".verified";

    private string SnapshotsFile => mutation + ".snapshots";

    private string ChangedFile => mutation + ".changed";

    /// <summary>Null when this operation has not touched anything yet.</summary>
    public IReadOnlyList<InstalledPackage>? Before => Read(File);

    /// <summary>The patch of another operation that has begun on this host and has not succeeded; null for none.</summary>
    public string? Other => state.NamesOf(Begun).FirstOrDefault(name => name != mutation);

    /// <summary>What was installed before an operation that can be rolled back; null when nothing was kept of this one.</summary>
    public IReadOnlyList<InstalledPackage>? BeforeRollback => state.Read(NamesFile) is null ? null : Read(File) ?? Read(Finished);

    /// <summary>The packages that a rollback may change: those that the operation meant to.</summary>
    public IReadOnlySet<string> Names => (state.Read(NamesFile) ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries).ToHashSet();

    /// <summary>What was installed when the operation had done its work; null where it did not live to tell.</summary>
    public IReadOnlyList<InstalledPackage>? After => Read(AfterFile);

    /// <summary>The units of the host before the operation, as systemd tells of them; null where nobody has asked.</summary>
    public string? UnitsBefore => state.Read(UnitsFile) ?? untilReboot.Read(UnitsFile);

    /// <summary>The numbers of snapshots of the host's root: of before the operation and, where it lived to tell, of after it; null for none.</summary>
    public (int Before, int? After)? Snapshots
    {
        get => state.Read(SnapshotsFile)?.Split(' ').Select(number => int.Parse(number, CultureInfo.InvariantCulture)).ToList() is { } numbers
            ? (numbers[0], numbers.Count > 1 ? numbers[1] : null)
            : null;
        set
        {
            if (value is { } numbers)
                state.Write(SnapshotsFile, numbers.After is { } after ? $"{numbers.Before} {after}" : $"{numbers.Before}");
        }
    }

    /// <summary>
    /// The files that the operation has changed, and nobody since, as its rollback has found them; null before. It finds them once: what it brings back itself
    /// has changed since, for one that goes on with it.
    /// </summary>
    public IReadOnlyList<string>? ChangedFiles
    {
        get => state.Read(ChangedFile)?.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        set => state.Write(ChangedFile, string.Concat((value ?? []).Select(file => file + "\n")));
    }

    /// <summary>Where packages are kept that are replaced, on the host.</summary>
    public string KeptFolder => state.MakeFolder("kept");

    /// <summary>Keeps the list, unless there is one already. Nothing of an earlier operation stays.</summary>
    public void Begin(IReadOnlyList<InstalledPackage> packages)
    {
        if (Before is not null)
            return;
        state.Clear();
        state.Write(File, string.Concat(packages.Select(Format)));
    }

    /// <summary>Before the packages are changed, besides what an attempt before this one has meant to.</summary>
    public void Intend(IEnumerable<string> names) => state.Write(NamesFile, string.Concat(Names.Union(names).Select(name => name + "\n")));

    /// <summary>Before anything is changed.</summary>
    public void NoteUnits(string units)
    {
        untilReboot.Clear();
        untilReboot.Write(UnitsFile, units);
    }

    /// <summary>Before a reboot: what a turn that ends before it has noted goes by itself.</summary>
    public void KeepUnits()
    {
        if (UnitsBefore is { } units)
            state.Write(UnitsFile, units);
    }

    /// <summary>What somebody else changes from now on is none of this operation's.</summary>
    public void Note(IReadOnlyList<InstalledPackage> after) => state.Write(AfterFile, string.Concat(after.Select(Format)));

    /// <summary>Of which patch a host remembers something: that of the last operation, unless it has succeeded and keeps nothing. Null for none.</summary>
    public static string? Last(StateDirectory state) => state.NamesOf(Begun).Concat(state.NamesOf(Done)).FirstOrDefault();

    /// <summary>
    /// The packages are patched: nothing of them needs to be remembered, but for a rollback. Where nothing was begun, only what was done beside has left
    /// something, and what is kept of an earlier operation stays.
    /// </summary>
    public void End(bool forRollback)
    {
        if (Before is null)
            state.Clear(mutation + "-");
        else if (forRollback)
            state.Rename(File, Finished);
        else
            state.Clear();
    }

    /// <summary>
    /// The units that came up with the host when it was verified that all ran as before: what of them does not since is none of its doing. None before.
    /// </summary>
    public IReadOnlyList<string> UnitsVerified => state.Read(VerifiedFile)?.Split('\n', StringSplitOptions.RemoveEmptyEntries) ?? [];

    /// <summary>The operation is verified: nothing of it needs to be remembered, but for a rollback. Of another one nothing is known by that.</summary>
    /// <param name="units">The units that come up with the host.</param>
    public void EndVerified(IEnumerable<string> units)
    {
        if (BeforeRollback is not null)
        {
            state.Write(VerifiedFile, string.Concat(units.Select(unit => unit + "\n")));
            return;
        }

        if (Before is null && UnitsBefore is null)
            return;
        state.Clear();
        untilReboot.Clear();
    }

    private IReadOnlyList<InstalledPackage>? Read(string file) =>
        state.Read(file) is { } text ? [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Parse)] : null;

    private static string Format(InstalledPackage package) =>
        string.Join(
            '\t', package.Name, package.Version, package.State, package.Held, package.Automatic, package.SizeKiB.ToString(CultureInfo.InvariantCulture)) + "\n";

    private static InstalledPackage Parse(string line) => line.Split('\t') is [var name, var version, var state, var held, var automatic, var size]
        ? new(name, version, state, bool.Parse(held), bool.Parse(automatic), long.Parse(size, CultureInfo.InvariantCulture))
        : throw new InvalidDataException($"a journal on the host has a line that nobody can read: {line}");
}
