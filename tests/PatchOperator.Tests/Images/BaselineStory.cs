using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;
using k8s.Models;
using Microsoft.Extensions.Time.Testing;
using PatchOperator.Api;
using PatchOperator.Contract;
using PatchOperator.Contract.Images;
using PatchOperator.Engine.Specs;
using PatchOperator.Tests.Simulation;

namespace PatchOperator.Tests.Images;

/// <summary>A baseline and what becomes of it, with the whole operator on a calm cluster: only what a test says happens, and only then.</summary>
[SuppressMessage("Design", "CA1001", Justification = "What the replica holds is memory alone.")]
internal sealed class BaselineStory
{
    /// <summary>When each story begins: a Friday.</summary>
    public static readonly DateTimeOffset Noon = OperatorBench.Noon;

    /// <summary>The annotation by which nodes say what image they are from.</summary>
    public const string ImageAnnotation = "example.com/image";

    private const string Name = "worker";

    private readonly FakeTimeProvider time = new(Noon);
    private readonly ObjectStore store;
    private readonly SimulatedApi api;
    private readonly SimulatedJobs jobs;
    private readonly Replica replica;

    public BaselineStory(Func<ImageBaselineSpec, ImageBaselineSpec>? change = null)
    {
        var (journal, timeline, calm) = (new Journal(time), new Timeline(time), new Chance(null));
        store = new ObjectStore(time);
        jobs = new SimulatedJobs(store, timeline, calm);
        api = new SimulatedApi(store, new SimulatedNodes(store, timeline, calm, time, journal), journal);
        Registry = new SimulatedRegistry(journal);
        store.Changed += Follow;
        var spec = new ImageBaselineSpec
        {
            Source = new ImageSource { Suite = "bookworm" },
            Output = new ImageOutput { Repository = "registry.example.com/golden/worker" },
        };
        store.Create(new ImageBaseline { Metadata = new V1ObjectMeta { Name = Name }, Spec = change?.Invoke(spec) ?? spec });
        replica = new Replica(store, api, Registry, new SimulatedHealth(journal, time), calm, time, OperatorBench.Options, meanwhile: _ => { });
    }

    public ImageBaseline Baseline => store.Find<ImageBaseline>(Name)!;

    public ImageBaselineStatus Status => Baseline.Status;

    /// <summary>In whole seconds, as Kubernetes keeps times.</summary>
    public DateTimeOffset Now => time.GetUtcNow() is var now ? now.AddTicks(-(now.Ticks % TimeSpan.TicksPerSecond)) : default;

    public SimulatedRegistry Registry { get; }

    /// <summary>The names of the Jobs that there are.</summary>
    public IEnumerable<string> Jobs => store.All(V1Job.KubeKind).Select(job => job.Name);

    /// <summary>Every Job ever started, in order.</summary>
    public List<StartedJob> Started { get; } = [];

    /// <summary>What was told: reason and message.</summary>
    public IEnumerable<string> Events => api.Published.Select(told => $"{told.Reason}: {told.Message}");

    /// <summary>The Job under way, which is not finished.</summary>
    public StartedJob Running => Started[^1] is var last && store.Find(V1Job.KubeKind, last.Job.Name)?.Json["status"] is null
        ? last
        : throw new InvalidOperationException("no Job is running");

    public static string Digest(char digit) => "sha256:" + new string(digit, 64);

    public BaselineStory Edit(Func<ImageBaselineSpec, ImageBaselineSpec> change)
    {
        var spec = ObjectStore.Parse(change(Baseline.Spec));
        store.Edit(ImageBaseline.KindName, Name, json => json["spec"] = spec);
        return Settle();
    }

    public BaselineStory Annotate(string annotation, string value)
    {
        store.Edit(ImageBaseline.KindName, Name, json =>
        {
            json["metadata"]!["annotations"] ??= new JsonObject();
            json["metadata"]!["annotations"]![annotation] = value;
        });
        return Settle();
    }

    /// <summary>Time passes, and whatever is due in it is done when it is.</summary>
    public BaselineStory Later(TimeSpan by)
    {
        var end = Now + by;
        while (replica.Next is { } next && next <= end)
        {
            time.SetUtcNow(next);
            Settle();
        }

        time.SetUtcNow(end);
        return Settle();
    }

    /// <summary>Time passes while the operator is busy elsewhere.</summary>
    public BaselineStory Pass(TimeSpan by)
    {
        time.SetUtcNow(Now + by);
        return this;
    }

    /// <summary>A node joins that says by an annotation what image it is from; or says nothing.</summary>
    public BaselineStory Node(string name, string? image)
    {
        var annotations = image is null ? new JsonObject() : new JsonObject { [ImageAnnotation] = image };
        store.Create(V1Node.KubeKind, new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Node",
            ["metadata"] = new JsonObject { ["name"] = name, ["annotations"] = annotations },
        });
        return this;
    }

    public BaselineStory WithoutNode(string name)
    {
        store.Delete(V1Node.KubeKind, name);
        return this;
    }

    public BaselineStory Window(string name, string cron, string duration)
    {
        var spec = new PatchWindowSpec { Schedules = [new WindowSchedule { Cron = cron }], Duration = duration };
        store.Create(new PatchWindow { Metadata = new V1ObjectMeta { Name = name }, Spec = spec });
        return this;
    }

    /// <summary>A Job of the baseline that it knows nothing of: that of another, under another name.</summary>
    public void LeaveOver(string name)
    {
        var job = (JsonObject)Running.Stored.Json.DeepClone();
        job["metadata"]!["name"] = name;
        store.Create(V1Job.KubeKind, job);
    }

    /// <summary>Works until nothing is left to do at this time.</summary>
    public BaselineStory Settle()
    {
        for (var step = 0; step < 1000; step++)
        {
            if (replica.Hear() || replica.Work())
                continue;
            // What is due at once is due a moment later, and up to a second, as times of objects are whole seconds.
            if (replica.Next is not { } next || next >= Now.AddSeconds(1.1))
                return this;
            time.SetUtcNow(next);
        }

        throw new InvalidOperationException($"never at rest: {Events.LastOrDefault()}");
    }

    /// <summary>Ends the Job under way with what it built.</summary>
    public BaselineStory Built(char digest, int security = 0, int total = 0, bool pushed = true, params ImageTestOutcome[] tests)
    {
        if (pushed)
            Registry.Stored.Add(Digest(digest));
        return End(Found(digest, security, total) with { Tests = tests });
    }

    /// <summary>Ends the scan under way; <paramref name="missing"/> is what the image lacks of each run.</summary>
    public BaselineStory Scanned(int security = 0, int total = 0, int missing = 0)
    {
        Assert.Equal(ImageJobKind.Scan, Running.Job.Kind);
        return End(Found(Running.Job.Digest![7], security, total, missing));
    }

    /// <summary>Ends the Job under way with a step that fails.</summary>
    public BaselineStory Failed(int exitCode, string reason = ImageReasons.RecipeFailed, string step = "build", string message = "it did not work")
    {
        var why = new ImageResult { Reason = reason, Message = message };
        return End(job => ImagePods.Failed(job, step, exitCode, why), succeeded: false);
    }

    /// <summary>Ends the Job under way without a word, as when its node or its pod was taken away.</summary>
    public BaselineStory Lost() => End(_ => null, succeeded: false);

    public BaselineStory End(ImageResult result) => End(job => ImagePods.Done(job, result), succeeded: true);

    public ImageResult Found(char digest, int security = 0, int total = 0, int missing = 0) => new()
    {
        Reason = ImageReasons.Completed,
        Message = "done",
        Image = new ImageFacts(Digest(digest), $"v-{digest}", 1000),
        Findings = new ImageFindings
        {
            OsFamily = "debian-12",
            OsImage = "Debian 12",
            Packages = 100,
            PatchLevel = $"level-{digest}",
            PendingSecurity = security,
            PendingTotal = Math.Max(total, security),
            Held = 0,
            PendingNames = [.. Enumerable.Range(1, security).Select(number => $"package-{number}")],
            Expected = [.. Running.Request.Expected.Select(run => new MissingUpdates(run.Run, missing, [.. Enumerable.Repeat("openssl", missing)]))],
        },
    };

    public BaselineStory PatchedNodes(string run = "workers-1", string policy = "workers", params RunUpdate[] updates)
    {
        var plan = new PatchPlanSpec
        {
            Policy = new PolicyReference { Name = policy },
            Updates = updates.Length == 0 ? [new RunUpdate { OsFamily = "debian-12", Name = "openssl", Version = "2" }] : [.. updates],
        };
        store.Create(new PatchPlan { Metadata = new V1ObjectMeta { Name = run }, Spec = plan });
        store.Create(new PatchRun
        {
            Metadata = new V1ObjectMeta { Name = run },
            Spec = new PatchRunSpec { Policy = new PolicyReference { Name = policy }, Plan = new PlanReference { Name = run, Digest = PlanDigest.Of(plan) } },
            Status = new PatchRunStatus { Phase = RunPhase.Succeeded, Progress = new RunProgress { Succeeded = 3, Total = 3 }, FinishedAt = Now },
        });
        return Settle();
    }

    /// <summary>A person has had a run taken back, from these nodes or from all.</summary>
    public BaselineStory TakenBack(string run, RunPhase phase, params string[] nodes)
    {
        var name = $"{run}-back-{phase}";
        store.Create(new PatchRun
        {
            Metadata = new V1ObjectMeta { Name = name },
            Spec = new PatchRunSpec
            {
                Policy = new PolicyReference { Name = "workers" },
                Trigger = RunTrigger.Rollback,
                Rollback = new RunRollback { Run = run, Nodes = [.. nodes] },
                Plan = new PlanReference { Name = name },
            },
            Status = new PatchRunStatus { Phase = phase, Progress = new RunProgress { Succeeded = 2, Failed = 1, Total = 3 }, FinishedAt = Now },
        });
        return Settle();
    }

    public string UidOf(string run) => store.Find(PatchRun.KindName, run)!.Uid;

    public (string Status, string Reason) Condition(string type)
    {
        var condition = Status.Conditions.Single(condition => condition.Type == type);
        return (condition.Status, condition.Reason);
    }

    public string Message(string type) => Status.Conditions.Single(condition => condition.Type == type).Message;

    private BaselineStory End(Func<StoredObject, JsonObject?> pod, bool succeeded)
    {
        var job = Running.Stored;
        jobs.Start(job, "builder");
        jobs.End(job, pod(job), succeeded);
        return Settle();
    }

    private void Follow(Change change)
    {
        if (change is not { Before: null, After: { Kind: V1Job.KubeKind } made } || Status.Job is not { } reserved || reserved.Name != made.Name)
            return;
        var request = (string)made.Json["spec"]!["template"]!["spec"]!["containers"]![0]!["env"]![0]!["value"]!;
        Started.Add(new StartedJob(reserved, JsonSerializer.Deserialize(request, ContractJson.Default.ImageRequest)!, made));
    }
}
