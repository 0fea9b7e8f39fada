using System.Text.Json.Nodes;
using k8s.Models;
using PatchOperator.Api;
using PatchOperator.Jobs;

namespace PatchOperator.Tests.Simulation;

/// <summary>What policies have run, hooks and health checks: the pods of these Jobs, and their ends.</summary>
internal sealed class SimulatedHooks
{
    private readonly SimulatedJobs jobs;
    private readonly Timeline timeline;
    private readonly Chance chance;
    private readonly Dictionary<string, string> failing = [];
    private readonly HashSet<string> hanging = [];
    private readonly HashSet<string> lost = [];

    public SimulatedHooks(ObjectStore store, SimulatedJobs jobs, Timeline timeline, Chance chance)
    {
        (this.jobs, this.timeline, this.chance) = (jobs, timeline, chance);
        store.Changed += Follow;
    }

    /// <summary>The Jobs that have started, in order: the hook or the check, its run, and its node where it has one.</summary>
    public List<(string Hook, string Run, string? Node)> Started { get; } = [];

    /// <summary>Those that have ended with 0.</summary>
    public HashSet<(string Hook, string Run, string? Node)> WentWell { get; } = [];

    /// <summary>The environment of the last one that has started.</summary>
    public Dictionary<string, string> Environment { get; private set; } = [];

    /// <summary>From now on one ends with exit code 3.</summary>
    public void Fail(string hook, string says) => failing[hook] = says;

    /// <summary>From now on one does not end by itself.</summary>
    public void Hang(string hook) => hanging.Add(hook);

    /// <summary>From now on one goes well.</summary>
    public void Mend(string hook)
    {
        failing.Remove(hook);
        hanging.Remove(hook);
    }

    private void Follow(Change change)
    {
        if (change is { Before: null, After: { Kind: V1Job.KubeKind } made } && made.Label(ApiGroup.HookLabel) is not null)
            jobs.Begin(made, Start);
    }

    private static (string Hook, string Run, string? Node) Identity(StoredObject job) =>
        (job.Label(ApiGroup.HookLabel)!, job.Label(ApiGroup.RunLabel)!, job.Annotation(JobAnnotations.Node));

    private void Start(StoredObject job)
    {
        jobs.Start(job, "elsewhere");
        Started.Add(Identity(job));
        Environment = job.Json["spec"]!["template"]!["spec"]!["containers"]![0]!["env"]!.AsArray().ToDictionary(variable => (string)variable!["name"]!, variable => (string)variable!["value"]!);
        if (hanging.Contains(Identity(job).Hook))
            timeline.After(TimeSpan.FromSeconds((long)job.Json["spec"]!["activeDeadlineSeconds"]!), () => End(job, "DeadlineExceeded"));
        else
            timeline.After(chance.Seconds(2, 60), () => End(job));
    }

    private void End(StoredObject job, string? deadline = null)
    {
        if (!jobs.Exists(job))
            return;
        // Once, as a node that goes away takes its pods with it.
        if (deadline is not null || (chance.FaultOneIn(12) && lost.Add(Identity(job).ToString())))
            jobs.End(job, null, succeeded: false, deadline);
        else if (failing.TryGetValue(Identity(job).Hook, out var says))
            jobs.End(job, Ended(3, says), succeeded: false);
        else
        {
            WentWell.Add(Identity(job));
            jobs.End(job, Ended(0, ""), succeeded: true);
        }
    }

    private static JsonObject Ended(int exitCode, string says) => new()
    {
        ["phase"] = exitCode == 0 ? "Succeeded" : "Failed",
        ["containerStatuses"] = new JsonArray(new JsonObject
        {
            ["name"] = "hook",
            ["state"] = new JsonObject { ["terminated"] = new JsonObject { ["exitCode"] = exitCode, ["reason"] = exitCode == 0 ? "Completed" : "Error", ["message"] = says } },
        }),
    };
}
