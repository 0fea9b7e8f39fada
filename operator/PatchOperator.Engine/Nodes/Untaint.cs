using PatchOperator.Engine.Decisions;
using PatchOperator.Engine.Effects;
using PatchOperator.Engine.Facts;

namespace PatchOperator.Engine.Nodes;

/// <summary>Takes our taint off a node that is not uncordoned by us, which would do it as well.</summary>
internal static class Untaint
{
    public static IEnumerable<Effect> Of(NodeInput input) =>
        input.Node is { AnnouncedBy: not null } node ? [new Unannounce(new NodeKey(node.Name, node.Uid))] : [];
}
