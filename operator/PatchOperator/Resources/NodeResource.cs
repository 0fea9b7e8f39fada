using k8s;
using k8s.Models;

namespace PatchOperator.Resources;

/// <summary>A Node, as much of it as is read: of the 10 KB that a kubelet writes, most are names of images.</summary>
[KubernetesEntity(ApiVersion = "v1", Kind = "Node", PluralName = "nodes")]
internal sealed class NodeResource : KubernetesObject, IKubernetesObject<V1ObjectMeta>
{
    public V1ObjectMeta Metadata { get; set; } = new();

    public SpecFields? Spec { get; set; }

    public StatusFields? Status { get; set; }

    internal sealed class SpecFields
    {
        public bool? Unschedulable { get; set; }

        public IReadOnlyList<V1Taint>? Taints { get; set; }
    }

    internal sealed class StatusFields
    {
        public IReadOnlyList<V1NodeCondition>? Conditions { get; set; }

        public Info? NodeInfo { get; set; }
    }

    internal sealed class Info
    {
        public string? BootID { get; set; }

        public string? OsImage { get; set; }

        public string? KernelVersion { get; set; }
    }
}
