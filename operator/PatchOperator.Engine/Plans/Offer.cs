using PatchOperator.Api;

namespace PatchOperator.Engine.Plans;

/// <summary>Which versions of one package the nodes of one system are offered.</summary>
/// <param name="order">Which of two versions is newer.</param>
internal sealed class Offer(IComparer<string> order)
{
    private readonly Dictionary<string, int> nodes = [];

    /// <summary>Whether any of them is a security update.</summary>
    public bool Security { get; private set; }

    /// <summary>The version that most nodes can get; of several the newest.</summary>
    public string Version => nodes.OrderByDescending(version => version.Value).ThenByDescending(version => version.Key, order).First().Key;

    /// <summary>Takes down what a node is offered.</summary>
    public void Add(PendingPackage package)
    {
        Security |= package.Security;
        nodes[package.Candidate] = nodes.GetValueOrDefault(package.Candidate) + 1;
    }
}
