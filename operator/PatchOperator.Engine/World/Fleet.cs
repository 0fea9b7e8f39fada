using System.Collections.Immutable;

namespace PatchOperator.Engine.World;

/// <summary>
/// Every node of the cluster, joined and counted. Immutable; a change of one node costs what that node is, O(log n), a change of what a policy asks
/// for costs the fleet.
/// </summary>
public sealed class Fleet
{
    private readonly ImmutableArray<PolicyTerms> claimants;
    private readonly ImmutableDictionary<string, NodeView> views;
    private readonly ImmutableDictionary<string, PolicyNodes> policies;
    private readonly ImmutableSortedSet<ScanTurn> scans;

    private Fleet(
        ImmutableArray<PolicyTerms> claimants,
        ImmutableDictionary<string, NodeView> views,
        ImmutableDictionary<string, PolicyNodes> policies,
        ImmutableSortedSet<ScanTurn> scans,
        int unavailable,
        int scansUnderWay)
    {
        (this.claimants, this.views, this.policies, this.scans) = (claimants, views, policies, scans);
        (Unavailable, ScansUnderWay) = (unavailable, scansUnderWay);
    }

    /// <summary>Every node, in no order.</summary>
    public IEnumerable<NodeView> All => views.Values;

    /// <summary>How many nodes there are.</summary>
    public int Count => views.Count;

    /// <summary>How many of them are unavailable, whoever made them so.</summary>
    public int Unavailable { get; }

    /// <summary>How many nodes have a scan Job.</summary>
    public int ScansUnderWay { get; }

    /// <summary>The node of that name; null when there is none.</summary>
    public NodeView? this[string name] => views.GetValueOrDefault(name);

    /// <summary>The nodes that belong to a policy.</summary>
    public PolicyNodes Of(string policy) => policies.GetValueOrDefault(policy) ?? PolicyNodes.None;

    /// <summary>When the nodes of a policy that are of the same system first saw updates of packages. It looks at each once.</summary>
    /// <param name="policy">The policy's name.</param>
    /// <param name="of">A node of the system.</param>
    /// <param name="packages">The names of the packages.</param>
    internal FirstSeen FirstSeen(string policy, NodeView of, IReadOnlySet<string> packages)
    {
        var (system, seen) = (NodeSystem.Of(of), new FirstSeen());
        foreach (var view in Of(policy).Members.Values.Where(view => view.Status is not null && NodeSystem.Of(view) == system))
            seen.Add(view.Status!, packages);
        return seen;
    }

    /// <summary>The nodes whose scans come next, those that are due first.</summary>
    public IEnumerable<ScanTurn> ScanQueue => scans;

    /// <summary>How many nodes have their scan before this one; null when it is not in the queue.</summary>
    public int? PlaceInScanQueue(NodeView view) => ScanTurn.Of(view) is { } turn && scans.IndexOf(turn) is var place and >= 0 ? place : null;

    /// <summary>Joins everything anew.</summary>
    public static Fleet Of(IEnumerable<PolicyTerms> policies, Table<NodeFacts> nodes, Func<NodeFacts, Api.NodePatch?> patchOf)
    {
        var building = new Building(Claims.Order(policies));
        foreach (var node in nodes.All)
            building.Add(node, patchOf(node));
        return building.ToFleet();
    }

    /// <summary>The fleet with another state of a node, or with null without it.</summary>
    public Fleet With(string name, NodeFacts? node, Api.NodePatch? patch)
    {
        var building = new Building(this);
        building.Remove(name);
        if (node is not null)
            building.Add(node, patch);
        return building.ToFleet();
    }

    private sealed class Building
    {
        private readonly ImmutableArray<PolicyTerms> claimants;
        private readonly ImmutableDictionary<string, NodeView>.Builder views;
        private readonly ImmutableDictionary<string, PolicyNodes>.Builder policies;
        private readonly ImmutableSortedSet<ScanTurn>.Builder scans;
        private int unavailable;
        private int scansUnderWay;

        public Building(ImmutableArray<PolicyTerms> claimants)
        {
            this.claimants = claimants;
            views = ImmutableDictionary.CreateBuilder<string, NodeView>(NameComparer.Instance);
            policies = ImmutableDictionary.CreateBuilder<string, PolicyNodes>(NameComparer.Instance);
            scans = ImmutableSortedSet.CreateBuilder(ScanTurn.Order);
        }

        public Building(Fleet fleet)
        {
            claimants = fleet.claimants;
            (views, policies, scans) = (fleet.views.ToBuilder(), fleet.policies.ToBuilder(), fleet.scans.ToBuilder());
            (unavailable, scansUnderWay) = (fleet.Unavailable, fleet.ScansUnderWay);
        }

        public Fleet ToFleet() => new(claimants, views.ToImmutable(), policies.ToImmutable(), scans.ToImmutable(), unavailable, scansUnderWay);

        public void Add(NodeFacts node, Api.NodePatch? patch)
        {
            var claim = Claims.Of(node, claimants);
            var view = new NodeView(node, patch, claim.Policy);
            views[node.Name] = view;
            Count(view, claim, +1);
            if (claim.Policy is { } policy)
                Change(policy.Name, of => (of with { Members = of.Members.SetItem(node.Name, view) }).Counting(node.Place, +1));
            if (ScanTurn.Of(view) is { } turn)
                scans.Add(turn);
        }

        public void Remove(string name)
        {
            if (!views.TryGetValue(name, out var view))
                return;
            views.Remove(name);
            Count(view, Claims.Of(view.Node, claimants), -1);
            if (view.Policy is { } policy)
                Change(policy.Name, of => (of with { Members = of.Members.Remove(name) }).Counting(view.Node.Place, -1));
            if (ScanTurn.Of(view) is { } turn)
                scans.Remove(turn);
        }

        private void Count(NodeView view, Claim claim, int by)
        {
            var away = view.IsUnavailable ? by : 0;
            unavailable += away;
            scansUnderWay += view is { HoldsSlot: false, Status.Job: not null } ? by : 0;
            if (claim.Policy is { } policy && away != 0)
                Change(policy.Name, of => of with { Unavailable = of.Unavailable + away });
            foreach (var other in claim.Others)
                Change(other, of => of with { ClaimedByOthers = of.ClaimedByOthers + by });
        }

        private void Change(string policy, Func<PolicyNodes, PolicyNodes> change) =>
            policies[policy] = change(policies.TryGetValue(policy, out var of) ? of : PolicyNodes.None);
    }
}
