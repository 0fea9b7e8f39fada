using PatchOperator.Api;
using PatchOperator.Engine.Facts;

namespace PatchOperator.Engine.Nodes;

/// <summary>The Jobs of a node: one (node UID, run or scan, step, attempt) has one name.</summary>
public static class JobNames
{
    public static string For(NodeKey node, string operation, OperationStep step, int attempt) =>
        JobName.Of($"patch-{step.ToString().ToLowerInvariant()}-", node.Name, $"{node.Uid}/{operation}/{step}/{attempt}");

    /// <summary>The same for every attempt of an operation on a node: what the step's unit on the host is called after.</summary>
    public static string Operation(NodeKey node, string operation) => JobName.Hash($"{node.Uid}/{operation}");
}
