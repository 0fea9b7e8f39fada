using PatchOperator.Api;

namespace PatchOperator.Engine.Policies;

/// <summary>Which versions of one package the nodes of a family are offered.</summary>
internal sealed class Offer
{
    private readonly Dictionary<string, int> nodes = [];

    /// <summary>Whether any of them is a security update.</summary>
    public bool Security { get; private set; }

    /// <summary>The version that most nodes can get.</summary>
    public string Version => nodes.OrderByDescending(version => version.Value).ThenByDescending(version => version.Key, StringComparer.Ordinal).First().Key;

    public void Add(PendingPackage package)
    {
        Security |= package.Security;
        nodes[package.Candidate] = nodes.GetValueOrDefault(package.Candidate) + 1;
    }
}
