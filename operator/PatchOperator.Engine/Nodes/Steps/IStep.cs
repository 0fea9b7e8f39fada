using PatchOperator.Api;

namespace PatchOperator.Engine.Nodes.Steps;

/// <summary>
/// One step of a node's turn. <see cref="Turn"/> has them in a list: the first that is needed is worked on, until none is. Whatever is asked is
/// answered from the record of the turn and from what the cluster tells, so that a restart goes on where the turn was.
/// </summary>
internal interface IStep
{
    /// <summary>What the step is called in a record of its failure.</summary>
    OperationStep Name { get; }

    /// <summary>The phase that the node is in while the step is under way.</summary>
    NodePhase Phase { get; }

    /// <summary>Whether the node is cordoned while the step is under way.</summary>
    bool Cordons => true;

    /// <summary>Whether the step is still to be done.</summary>
    bool IsNeeded(NodeInput turn);

    /// <summary>The step begins.</summary>
    StepAnswer Begin(NodeInput turn);

    /// <summary>The step is under way.</summary>
    StepAnswer Continue(NodeInput turn);
}
