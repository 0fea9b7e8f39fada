using PatchOperator.Api;

namespace PatchOperator.Engine.World;

/// <summary>When updates of packages were first seen, whether they are listed or not. What is no security update says nothing of one that is.</summary>
internal sealed class FirstSeen
{
    private readonly Dictionary<(string Name, bool Security), DateTimeOffset> times = [];

    /// <summary>Takes down what a node knows.</summary>
    /// <param name="status">The node's.</param>
    /// <param name="names">The packages that matter; null: all.</param>
    public void Add(NodePatchStatus status, IReadOnlySet<string>? names = null)
    {
        foreach (var package in status.Pending)
            Add(package.Name, package.Security, package.FirstSeen, names);
        foreach (var seen in status.PendingCut?.Seen ?? [])
            foreach (var name in seen.Names)
                Add(name, seen.Security, seen.At, names);
    }

    /// <summary>When an update of a package was first seen, in UTC; null where none was.</summary>
    public DateTimeOffset? Of(PendingPackage package)
    {
        var (security, other) = (Find(package.Name, true), package.Security ? null : Find(package.Name, false));
        return security is null || other < security ? other : security;
    }

    private DateTimeOffset? Find(string name, bool security) => times.TryGetValue((name, security), out var at) ? at : null;

    private void Add(string name, bool security, DateTimeOffset at, IReadOnlySet<string>? names)
    {
        if (names?.Contains(name) != false && !(Find(name, security) <= at))
            times[(name, security)] = at;
    }
}
