using k8s.Models;

namespace PatchOperator.Jobs;

/// <summary>What the Jobs of all kinds have in common: one pod, which is made once.</summary>
internal static class JobShell
{
    /// <param name="metadata">Name, namespace and owner of the Job; its labels and annotations are those of the pod too.</param>
    /// <param name="deadline">How long the Job may take.</param>
    /// <param name="timeToLive">How long it stays once it has finished, where nobody deletes it before.</param>
    /// <param name="pod">What it runs.</param>
    public static V1Job Of(V1ObjectMeta metadata, TimeSpan deadline, TimeSpan timeToLive, V1PodSpec pod) => new()
    {
        ApiVersion = "batch/v1",
        Kind = "Job",
        Metadata = metadata,
        Spec = new V1JobSpec
        {
            BackoffLimit = 0,
            ActiveDeadlineSeconds = (long)deadline.TotalSeconds,
            TtlSecondsAfterFinished = (int)timeToLive.TotalSeconds,
            Template = new V1PodTemplateSpec
            {
                Metadata = new V1ObjectMeta { Labels = metadata.Labels, Annotations = metadata.Annotations },
                Spec = pod,
            },
        },
    };

    /// <summary>The first Job of a turn as the owner of the others.</summary>
    public static V1OwnerReference Owner((string Name, string Uid) first) =>
        new() { ApiVersion = "batch/v1", Kind = "Job", Name = first.Name, Uid = first.Uid };
}
