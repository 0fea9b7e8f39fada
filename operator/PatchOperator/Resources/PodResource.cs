using k8s;
using k8s.Models;

namespace PatchOperator.Resources;

/// <summary>A Pod, as much of it as is read: where it runs, who owns it, how its containers fare.</summary>
[KubernetesEntity(ApiVersion = "v1", Kind = "Pod", PluralName = "pods")]
internal sealed class PodResource : KubernetesObject, IKubernetesObject<V1ObjectMeta>
{
    public V1ObjectMeta Metadata { get; set; } = new();

    public SpecFields? Spec { get; set; }

    public StatusFields? Status { get; set; }

    /// <summary>The same of a whole pod.</summary>
    public static PodResource Of(V1Pod pod) => new()
    {
        Metadata = pod.Metadata,
        Spec = new SpecFields
        {
            NodeName = pod.Spec?.NodeName,
            NodeSelector = pod.Spec?.NodeSelector?.ToDictionary(),
            Priority = pod.Spec?.Priority,
            Volumes = pod.Spec?.Volumes?.Where(volume => volume.EmptyDir is not null).Select(volume => new Volume { EmptyDir = volume.EmptyDir }).ToList(),
        },
        Status = new StatusFields { Phase = pod.Status?.Phase, Reason = pod.Status?.Reason, Message = pod.Status?.Message },
    };

    internal sealed class SpecFields
    {
        public string? NodeName { get; set; }

        public IReadOnlyDictionary<string, string>? NodeSelector { get; set; }

        public int? Priority { get; set; }

        public IReadOnlyList<Volume>? Volumes { get; set; }
    }

    internal sealed class Volume
    {
        public V1EmptyDirVolumeSource? EmptyDir { get; set; }
    }

    internal sealed class StatusFields
    {
        public string? Phase { get; set; }

        public string? Reason { get; set; }

        public string? Message { get; set; }

        public IReadOnlyList<V1PodCondition>? Conditions { get; set; }

        public IReadOnlyList<Container>? InitContainerStatuses { get; set; }

        public IReadOnlyList<Container>? ContainerStatuses { get; set; }
    }

    internal sealed class Container
    {
        public string? Name { get; set; }

        public V1ContainerState? State { get; set; }
    }
}
