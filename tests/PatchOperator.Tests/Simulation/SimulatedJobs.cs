using System.Text.Json.Nodes;
using k8s.Models;

namespace PatchOperator.Tests.Simulation;

/// <summary>What the cluster makes of Jobs: a pod for each, and an end.</summary>
internal sealed class SimulatedJobs(ObjectStore store)
{
    /// <summary>The name of a Job's pod.</summary>
    public static string Pod(string job) => $"{job}-pod";

    /// <summary>Whether a Job is still there, and not another of its name.</summary>
    public bool Exists(StoredObject job) => store.Find(job.Kind, job.Name)?.Uid == job.Uid;

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
}
