using PatchOperator.Engine.World;

namespace PatchOperator.Engine.Runs;

/// <summary>Of the domains of a topology, such as zones, one at a time has nodes of the policy that are unavailable.</summary>
internal sealed class Domains
{
    private readonly string? key;
    private readonly NodeView[] unavailable;
    private readonly HashSet<string> impaired;

    public Domains(RunState run)
    {
        key = run.Input.Plan?.Spec.TopologyKey;
        unavailable = key is null ? [] : [.. run.Input.Members.Members.Values.Where(view => view.IsUnavailable)];
        impaired = [.. unavailable.Select(Of)];
    }

    /// <summary>Whether no other domain than the node's own has nodes that are unavailable.</summary>
    public bool HasRoomFor(NodeView view) => impaired.All(domain => domain == Of(view));

    /// <summary>Counts a node that is admitted.</summary>
    public void Add(NodeView view)
    {
        if (key is not null)
            impaired.Add(Of(view));
    }

    /// <summary>Why a node waits for another domain, in words; null when it does not.</summary>
    public string? Blocked(NodeView view) => HasRoomFor(view)
        ? null
        : $"one value of {key} at a time has unavailable nodes, and these are of another than {Quoted(view)}: "
            + string.Join(", ", unavailable.Where(other => Of(other) != Of(view)).Take(5).Select(other => $"{other.Node.Name} ({Quoted(other)})"));

    private string Of(NodeView view) => view.Node.DomainOf(key);

    private string Quoted(NodeView view) => Of(view) is { Length: > 0 } domain ? domain : "none";
}
