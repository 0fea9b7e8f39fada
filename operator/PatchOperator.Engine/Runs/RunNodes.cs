using PatchOperator.Api;
using PatchOperator.Engine.World;

namespace PatchOperator.Engine.Runs;

/// <summary>Where each node of a run stands, told from the nodes themselves.</summary>
internal sealed class RunNodes
{
    private readonly RunInput input;

    public RunNodes(RunInput input)
    {
        (this.input, Updates) = (input, new PlanUpdates(input.Plan?.Spec.Updates ?? []));
        foreach (var node in input.Plan?.Spec.Nodes ?? [])
            Add(node, input.Node(node.Name));
    }

    /// <summary>Nodes that have not had their turn, in the run's order.</summary>
    public List<NodeView> Pending { get; } = [];

    public List<NodeView> InFlight { get; } = [];

    public List<NodeView> Succeeded { get; } = [];

    public List<NodeView> Failed { get; } = [];

    /// <summary>What the plan has for them.</summary>
    public PlanUpdates Updates { get; }

    /// <summary>Nodes that are gone, were replaced, left the policy, need nothing of the plan any more, or are away while no window is open.</summary>
    public int Skipped { get; private set; }

    /// <summary>How many nodes the plan has.</summary>
    public int Total => input.Plan?.Spec.Nodes.Count ?? 0;

    public RunProgress Progress => new()
    {
        Total = Total,
        Pending = Pending.Count,
        InProgress = InFlight.Count,
        Succeeded = Succeeded.Count,
        Failed = Failed.Count,
        Skipped = Skipped,
        Summary = $"{Succeeded.Count + Skipped}/{Total}",
    };

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
        else if (view.Policy?.Name != input.Run.Spec.Policy.Name || NeedsNothing(view) || StayedAway(view))
            Skipped++;
        else
            Pending.Add(view);
    }

    private bool NeedsNothing(NodeView view) => view.Status is { LastScan: not null } && input.Policy is { Errors.Count: 0 } && !Updates.Concerns(view);

    // A node that does not come back must not keep its policy from ever making another plan. If others keep the run going, it is waited for again in the next
    // opening.
    private bool StayedAway(NodeView view) => !view.Node.Ready && !input.IsOpen;

    private void Add(NodeView view, OperationResult result)
    {
        if (result == OperationResult.Cancelled)
            Skipped++;
        else
            (result == OperationResult.InProgress ? InFlight : result == OperationResult.Succeeded ? Succeeded : Failed).Add(view);
    }
}
