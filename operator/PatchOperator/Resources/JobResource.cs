using k8s;
using k8s.Models;

namespace PatchOperator.Resources;

/// <summary>A Job, as much of it as is read: most of its spec is ours and known.</summary>
[KubernetesEntity(Group = "batch", ApiVersion = "v1", Kind = "Job", PluralName = "jobs")]
internal sealed class JobResource : KubernetesObject, IKubernetesObject<V1ObjectMeta>
{
    public V1ObjectMeta Metadata { get; set; } = new();

    public SpecFields? Spec { get; set; }

    public StatusFields? Status { get; set; }

    internal sealed class SpecFields
    {
        public long? ActiveDeadlineSeconds { get; set; }
    }

    internal sealed class StatusFields
    {
        public DateTime? StartTime { get; set; }

        public IReadOnlyList<V1JobCondition>? Conditions { get; set; }
    }
}
