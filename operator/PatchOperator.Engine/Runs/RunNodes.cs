using PatchOperator.Api;
using PatchOperator.Engine.Nodes;
using PatchOperator.Engine.Policies;

namespace PatchOperator.Engine.Runs;

/// <summary>Where each node of a run stands, told from the nodes themselves.</summary>
internal sealed class RunNodes
{
    private readonly RunInput input;
    private readonly HashSet<string> members;

    public RunNodes(RunInput input)
    {
        this.input = input;
        members = [.. input.Members.Select(view => view.Node.Name)];
        foreach (var node in input.Run.Spec.Nodes)
            Add(node, input.Nodes.GetValueOrDefault(node.Name));
    }

    /// <summary>Nodes that have not had their turn, in the run's order.</summary>
    public List<NodeView> Pending { get; } = [];

    public List<NodeView> InFlight { get; } = [];

    public List<NodeView> Succeeded { get; } = [];

    public List<NodeView> Failed { get; } = [];

    /// <summary>Nodes that are gone, were replaced, left the policy, or need nothing any more.</summary>
    public int Skipped { get; private set; }

    /// <summary>Nodes whose operation of this run is over and still stands in their spec.</summary>
    public IEnumerable<string> ToRelease => Succeeded.Concat(Failed).Where(view => view.Spec?.Operation?.RunUid == input.Run.Metadata.Uid).Select(view => view.Node.Name);

    public RunProgress Progress => new()
    {
        Total = input.Run.Spec.Nodes.Count,
        Pending = Pending.Count,
        InProgress = InFlight.Count,
        Succeeded = Succeeded.Count,
        Failed = Failed.Count,
        Skipped = Skipped,
        Summary = $"{Succeeded.Count + Skipped}/{input.Run.Spec.Nodes.Count}",
    };

    /// <summary>Gives up on nodes that cannot have their turn in this run.</summary>
    public void Skip(Predicate<NodeView> hopeless) => Skipped += Pending.RemoveAll(hopeless);

    private void Add(RunNode node, NodeView? view)
    {
        var uid = input.Run.Metadata.Uid;
        var last = view?.Status?.LastOperation;
        if (view is null || view.Node.Uid != node.Uid)
            Skipped++;
        else if (last?.RunUid == uid)
            Add(view, last.Result);
        else if (view.Spec?.Operation?.RunUid == uid)
            InFlight.Add(view);
        else if (!members.Contains(node.Name) || NeedsNothing(view))
            Skipped++;
        else
            Pending.Add(view);
    }

    private bool NeedsNothing(NodeView view) =>
        view.Status is { LastScan: not null } status && input.Policy is { } policy && !Approval.NeedsRun(policy.Spec, status);

    private void Add(NodeView view, OperationResult result)
    {
        if (result == OperationResult.Cancelled)
            Skipped++;
        else
            (result == OperationResult.InProgress ? InFlight : result == OperationResult.Succeeded ? Succeeded : Failed).Add(view);
    }
}
