using System.Text.Json.Nodes;
using k8s.Models;

namespace PatchOperator.Tests.Simulation;

/// <summary>What the cluster makes of Jobs: a pod for each, and an end. Without a pod it never ends a Job, as the controller of Kubernetes 1.20 does not.</summary>
internal sealed class SimulatedJobs(ObjectStore store, Timeline timeline, Chance chance)
{
    /// <summary>Why a pod of a Job cannot be made, as the API server says; null where it can be.</summary>
    public Func<StoredObject, string?> Refuses { get; set; } = _ => null;

    /// <summary>The name of a Job's pod.</summary>
    public static string Pod(string job) => $"{job}-pod";

    /// <summary>Whether a Job is still there, and not another of its name.</summary>
    public bool Exists(StoredObject job) => store.Find(job.Kind, job.Name)?.Uid == job.Uid;

    /// <summary>Has the pod of a Job made, again and again until it can be.</summary>
    /// <param name="job">The Job.</param>
    /// <param name="start">What comes then.</param>
    public void Begin(StoredObject job, Action<StoredObject> start) => timeline.After(chance.Seconds(1, 5), () => Try(job, start));

    /// <summary>Its pod runs on a node.</summary>
    public void Start(StoredObject job, string node)
    {
        var metadata = (JsonObject)job.Json["spec"]!["template"]!["metadata"]!.DeepClone();
        metadata["name"] = Pod(job.Name);
        metadata["labels"]!["job-name"] = job.Name;
        metadata["ownerReferences"] = new JsonArray(new JsonObject { ["apiVersion"] = "batch/v1", ["kind"] = "Job", ["name"] = job.Name, ["uid"] = job.Uid });
        store.Create(V1Pod.KubeKind, new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Pod",
            ["metadata"] = metadata,
            ["spec"] = new JsonObject { ["nodeName"] = node },
            ["status"] = new JsonObject { ["phase"] = "Running" },
        });
        store.Edit(job.Kind, job.Name, json => json["status"] = new JsonObject { ["startTime"] = store.Now(), ["active"] = 1 });
    }

    /// <summary>Its pod has ended so, or is gone where there is no status; and with it the Job, for a reason where it has one.</summary>
    public void End(StoredObject job, JsonObject? pod, bool succeeded, string? reason = null)
    {
        if (pod is null)
            store.Delete(V1Pod.KubeKind, Pod(job.Name));
        else
            store.Edit(V1Pod.KubeKind, Pod(job.Name), json => json["status"] = pod);
        store.Edit(job.Kind, job.Name, json => json["status"] = new JsonObject
        {
            ["conditions"] = new JsonArray(new JsonObject
            {
                ["type"] = pod is not null && succeeded ? "Complete" : "Failed",
                ["status"] = "True",
                ["reason"] = reason,
                ["lastTransitionTime"] = store.Now(),
            }),
        });
    }

    private void Try(StoredObject job, Action<StoredObject> start)
    {
        if (!Exists(job))
            return;
        if (Refuses(job) is not { } refusal)
        {
            start(job);
            return;
        }

        Tell(job, refusal);
        timeline.After(chance.Seconds(10, 360), () => Try(job, start));
    }

    private void Tell(StoredObject job, string refusal)
    {
        var name = $"{job.Name}.{job.Uid}";
        store.Delete(Corev1Event.KubeKind, name);
        store.Create(Corev1Event.KubeKind, new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = Corev1Event.KubeKind,
            ["metadata"] = new JsonObject { ["name"] = name },
            ["involvedObject"] = new JsonObject { ["uid"] = job.Uid },
            ["reason"] = "FailedCreate",
            ["message"] = $"Error creating: {refusal}",
            ["lastTimestamp"] = store.Now(),
        });
    }
}
