using PatchOperator.Api;

namespace PatchOperator.Engine.Plans;

/// <summary>Which versions of one package the nodes of one system are offered.</summary>
/// <param name="order">Which of two versions is newer.</param>
internal sealed class Offer(IComparer<string> order)
{
    private readonly Dictionary<string, int> nodes = [];
    private readonly SortedSet<string> removes = new(StringComparer.Ordinal);

    // The newest that a node has.
    private string? installed;

    /// <summary>Whether no node has the package.</summary>
    public bool IsNew => installed is null;

    /// <summary>Whether any of them is a security update.</summary>
    public bool Security { get; private set; }

    /// <summary>What goes for it on any of them; null where nothing does. Where that is too much, some of them wait for the next plan.</summary>
    public List<string>? Removes => removes.Count == 0 ? null : [.. removes];

    /// <summary>The version that most nodes can get; of several the newest.</summary>
    public string Version => nodes.OrderByDescending(version => version.Value).ThenByDescending(version => version.Key, order).First().Key;

    /// <summary>A version that others have, where it is older than <see cref="Version"/> and an update of what each node has; else the latter.</summary>
    public string Rather(string? known) =>
        known is not null && order.Compare(known, Version) < 0 && (installed is null || order.Compare(known, installed) > 0) ? known : Version;

    /// <summary>Takes down what a node is offered.</summary>
    public void Add(PendingPackage package)
    {
        if (package.Installed is { } version && (installed is null || order.Compare(version, installed) > 0))
            installed = version;
        Security |= package.Security;
        if (package.Removes is { } names && removes.Union(names).Count() <= Limits.Removals)
            removes.UnionWith(names);
        nodes[package.Candidate] = nodes.GetValueOrDefault(package.Candidate) + 1;
    }
}
