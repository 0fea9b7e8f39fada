using k8s;
using k8s.Models;

namespace KubeOps.Operator.Queue;

/// <summary>Which object: all that a queue keeps of one, for it is read anew when its turn comes.</summary>
internal sealed record ObjectName(string? Namespace, string Name, string? Uid)
{
    /// <summary>What one piece of work at a time has.</summary>
    internal string Key { get; } = $"{Namespace}/{Name}";

    internal static ObjectName Of(IKubernetesObject<V1ObjectMeta> entity) =>
        string.IsNullOrWhiteSpace(entity.Name())
            ? throw new InvalidOperationException("an object without a name cannot be queued")
            : new ObjectName(entity.Namespace(), entity.Name(), entity.Uid());
}
