using System.Globalization;
using PatchOperator.Agent.Mutations;

namespace PatchOperator.Agent.Packages;

/// <summary>
/// What was installed before an operation first touched the host. An agent that goes on with the work of one that was killed reports the changes
/// of both.
/// </summary>
internal sealed class PatchJournal(StateDirectory state, string mutation)
{
    private string File => mutation + ".before";

    /// <summary>Null when this operation has not touched anything yet.</summary>
    public IReadOnlyList<InstalledPackage>? Before =>
        state.Read(File) is { } text ? [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Parse)] : null;

    /// <summary>Keeps the list, unless there is one already.</summary>
    public void Begin(IReadOnlyList<InstalledPackage> packages)
    {
        if (Before is null)
            state.Write(File, string.Concat(packages.Select(Format)));
    }

    /// <summary>The operation has succeeded: nothing of it needs to be remembered.</summary>
    public void End() => state.Clear();

    private static string Format(InstalledPackage package) =>
        string.Join(
            '\t', package.Name, package.Version, package.State, package.Held, package.Automatic, package.SizeKiB.ToString(CultureInfo.InvariantCulture)) + "\n";

    private static InstalledPackage Parse(string line) => line.Split('\t') is [var name, var version, var state, var held, var automatic, var size]
        ? new(name, version, state, bool.Parse(held), bool.Parse(automatic), long.Parse(size, CultureInfo.InvariantCulture))
        : throw new InvalidDataException($"a journal on the host has a line that nobody can read: {line}");
}
