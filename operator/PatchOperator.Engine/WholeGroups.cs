using System.Text.RegularExpressions;

namespace PatchOperator.Engine;

/// <summary>
/// Cuts a list of updates so that what one source was built into stays together. Such packages often need each other at exactly one version, so that a
/// package manager would install none of them by halves.
/// </summary>
internal static partial class WholeGroups
{
    /// <summary>
    /// As much as there is room for, in the order it is given. Of a group that is too large by itself a part, where there is nothing else.
    /// </summary>
    /// <param name="updates">What is most important comes first.</param>
    /// <param name="version">The version that an update brings: what has the same belongs together, rebuilds of Debian's included.</param>
    /// <param name="bytes">What an update takes.</param>
    /// <param name="most">How many there may be.</param>
    /// <param name="mostBytes">How many bytes they may take.</param>
    public static List<T> Take<T>(IReadOnlyList<T> updates, Func<T, string> version, Func<T, int> bytes, int most, int mostBytes)
    {
        if (updates.Count <= most && updates.Sum(bytes) <= mostBytes)
            return [.. updates];
        var (taken, groups) = (new HashSet<string>(), updates.GroupBy(Group).ToList());
        foreach (var group in groups)
        {
            if (group.Count() > most || group.Sum(bytes) > mostBytes)
                continue;
            taken.Add(group.Key);
            (most, mostBytes) = (most - group.Count(), mostBytes - group.Sum(bytes));
        }

        return taken.Count > 0
            ? [.. updates.Where(update => taken.Contains(Group(update)))]
            : [.. groups[0].Take(most).TakeWhile(update => (mostBytes -= bytes(update)) >= 0)];

        string Group(T update) => Rebuild().Replace(version(update), "");
    }

    [GeneratedRegex(@"\+b\d+$")]
    private static partial Regex Rebuild();
}
