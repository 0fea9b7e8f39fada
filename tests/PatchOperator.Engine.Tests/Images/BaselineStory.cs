using k8s.Models;
using PatchOperator.Api;
using PatchOperator.Engine.Decisions;
using PatchOperator.Engine.Effects;
using PatchOperator.Engine.Facts;
using PatchOperator.Engine.Images;
using PatchOperator.Engine.Questions;
using PatchOperator.Engine.World;
using static PatchOperator.Engine.Tests.Given;

namespace PatchOperator.Engine.Tests.Images;

/// <summary>
/// A baseline in a snapshot, its registry, and what becomes of both decision by decision. Crashes are the business of the simulation of the whole operator.
/// </summary>
internal sealed class BaselineStory
{
    private readonly BaselineDecider decider = new();
    private readonly Dictionary<string, ImageJobReport?> reports = [];
    private Snapshot snapshot = Snapshot.Empty;

    public BaselineStory(Func<ImageBaselineSpec, ImageBaselineSpec>? change = null)
    {
        var spec = new ImageBaselineSpec
        {
            Source = new ImageSource { Suite = "bookworm" },
            Output = new ImageOutput { Repository = "registry.example.com/golden/worker" },
        };
        Baseline = new ImageBaseline
        {
            Metadata = new V1ObjectMeta { Name = "worker", Uid = "baseline-uid", Generation = 1, CreationTimestamp = Noon.UtcDateTime },
            Spec = change?.Invoke(spec) ?? spec,
        };
    }

    public ImageBaseline Baseline { get; private set; }

    public ImageBaselineStatus Status => Baseline.Status;

    public DateTimeOffset Now { get; set; } = Noon;

    /// <summary>The names of the Jobs that there are.</summary>
    public IEnumerable<string> Jobs => snapshot.Jobs.All.Select(job => job.Name);

    /// <summary>Every Job ever created, in order; a second creation of the same name is none.</summary>
    public List<ImageJobRequest> Created { get; } = [];

    /// <summary>Digests that the repository holds.</summary>
    public HashSet<string> Stored { get; } = [];

    public string? Tagged { get; private set; }

    public string? RegistryProblem { get; set; }

    /// <summary>What the registry says to a deletion; null while it allows it.</summary>
    public string? DeletionProblem { get; set; }

    public List<string> Events { get; } = [];

    /// <summary>When the last decision wanted to be made again.</summary>
    public DateTimeOffset? WakeAt { get; private set; }

    /// <summary>The Job under way, which is not finished.</summary>
    public ImageJobRequest Running =>
        Created[^1] is var last && snapshot.Jobs[last.Job.Name]!.Finished ? throw new InvalidOperationException("no Job is running") : last;

    public static string Digest(char digit) => "sha256:" + new string(digit, 64);

    public BaselineStory Edit(Func<ImageBaselineSpec, ImageBaselineSpec> change)
    {
        Baseline = new ImageBaseline { Metadata = Baseline.Metadata, Spec = change(Baseline.Spec), Status = Status };
        Baseline.Metadata.Generation++;
        return Settle();
    }

    public BaselineStory Annotate(string name, string value)
    {
        Baseline.Metadata.Annotations ??= new Dictionary<string, string>();
        Baseline.Metadata.Annotations[name] = value;
        return Settle();
    }

    public BaselineStory Later(TimeSpan time)
    {
        Now += time;
        return Settle();
    }

    /// <summary>A node joins, or is what it now is.</summary>
    public BaselineStory Node(NodeFacts node)
    {
        snapshot = snapshot.WithNode(node.Name, node);
        return this;
    }

    public BaselineStory WithoutNode(string name)
    {
        snapshot = snapshot.WithNode(name, null);
        return this;
    }

    public BaselineStory Window(string name, string cron, string duration)
    {
        var spec = new PatchWindowSpec { Schedules = [new WindowSchedule { Cron = cron }], Duration = duration };
        snapshot = snapshot.WithWindow(name, new PatchWindow { Metadata = new V1ObjectMeta { Name = name, Uid = name, Generation = 1 }, Spec = spec });
        return this;
    }

    /// <summary>A Job of the baseline that it knows nothing of.</summary>
    public void LeaveOver(string name) => snapshot = snapshot.WithJob(name, Job(name));

    /// <summary>Decides and acts until nothing is to be done at this time.</summary>
    public BaselineStory Settle()
    {
        for (var round = 0; round < 30; round++)
        {
            var created = Created.Count;
            Step();
            // A Job that is made is looked at too: its coming is a change like any other.
            if (Created.Count == created && (WakeAt is null || WakeAt > Now))
                return this;
        }

        throw new InvalidOperationException($"never at rest: {Events.LastOrDefault()}");
    }

    /// <summary>Ends the Job under way with what it built.</summary>
    public BaselineStory Built(char digest, int security = 0, int total = 0, bool pushed = true, params ImageTestResult[] tests)
    {
        if (pushed)
            Stored.Add(Digest(digest));
        return End(Found(digest, security, total) with { Tests = tests });
    }

    /// <summary>Ends the scan under way; <paramref name="missing"/> is what the image lacks of each run.</summary>
    public BaselineStory Scanned(int security = 0, int total = 0, int missing = 0)
    {
        Assert.Equal(ImageJobKind.Scan, Running.Job.Kind);
        return End(Found(Running.Job.Digest![7], security, total, missing));
    }

    public BaselineStory Failed(ImageJobEnd end, string reason = "RecipeFailed", string step = "build") =>
        End(new ImageJobReport { End = end, Step = step, Reason = reason, Message = "it did not work" });

    /// <summary>Ends the Job under way without a word, as when its node or its pod was taken away.</summary>
    public BaselineStory Lost() => End(null);

    public BaselineStory End(ImageJobReport? report)
    {
        Finish(report);
        return Settle();
    }

    private void Finish(ImageJobReport? report)
    {
        var name = Running.Job.Name;
        reports[name] = report;
        snapshot = snapshot.WithJob(name, snapshot.Jobs[name]! with { Finished = true });
    }

    public ImageJobReport Found(char digest, int security = 0, int total = 0, int missing = 0) => new()
    {
        End = ImageJobEnd.Done,
        Step = "report",
        Reason = "Completed",
        Message = "done",
        Digest = Digest(digest),
        Version = $"v-{digest}",
        PatchLevel = $"level-{digest}",
        Packages = 100,
        Pending = new PendingCount { Security = security, Total = Math.Max(total, security) },
        PendingNames = [.. Enumerable.Range(1, security).Select(number => $"package-{number}")],
        Expected = Running.Expected
            .GroupBy(run => run.RunUid)
            .ToDictionary(run => run.Key, _ => (missing, (IReadOnlyList<string>)[.. Enumerable.Repeat("openssl", missing)])),
    };

    public BaselineStory PatchedNodes(string run = "workers-1", string policy = "workers")
    {
        var plan = new PatchPlanSpec
        {
            Policy = new PolicyReference { Name = policy },
            Updates = [new RunUpdate { OsFamily = "debian-12", Name = "openssl", Version = "2" }],
        };
        snapshot = snapshot
            .WithPlan(run, new PatchPlan { Metadata = new V1ObjectMeta { Name = run, Uid = $"plan-{run}" }, Spec = plan })
            .WithRun(run, new PatchRun
            {
                Metadata = new V1ObjectMeta { Name = run, Uid = $"uid-{run}" },
                Spec = new PatchRunSpec { Policy = new PolicyReference { Name = policy }, Plan = new PlanReference { Name = run } },
                Status = new PatchRunStatus { Phase = RunPhase.Succeeded, Progress = new RunProgress { Succeeded = 3, Total = 3 }, FinishedAt = Now },
            });
        return Settle();
    }

    public (string Status, string Reason) Condition(string type)
    {
        var condition = Status.Conditions.Single(condition => condition.Type == type);
        return (condition.Status, condition.Reason);
    }

    public string Message(string type) => Status.Conditions.Single(condition => condition.Type == type).Message;

    private void Step()
    {
        snapshot = snapshot.WithBaseline("worker", Baseline);
        var answers = new Answers();
        while (decider.Ask(Baseline, snapshot, answers, Now).FirstOrDefault(question => !answers.Has(question)) is { } question)
            answers.Add(question, Answer(question));
        var decision = decider.Decide(Baseline, snapshot, answers, Now);
        WakeAt = decision.WakeUp is { } wait ? Now + wait : null;
        var refused = decision.Effects.Where(effect => !Apply(effect)).Select(effect => new Refusal(effect, DeletionProblem!)).ToList();
        Baseline = new ImageBaseline { Metadata = Baseline.Metadata, Spec = Baseline.Spec, Status = decider.Settle(Baseline, decision, refused, Now) };
        Events.AddRange(decision.Events.Select(happened => $"{happened.Reason}: {happened.Message}"));
    }

    private object? Answer(Question question) => question switch
    {
        ReportOfImageJob(var job) => reports.GetValueOrDefault(job.Name),
        ImageInRegistry { Digest: var digest } when RegistryProblem is { } problem => new RegistryFacts { Digest = digest, Problem = problem },
        ImageInRegistry(_, var digest, var tag) =>
            new RegistryFacts { Digest = digest, Stored = Stored.Contains(digest), TaggedDigest = tag is null ? null : Tagged },
        _ => throw new ArgumentException($"nobody knows {question.Words}"),
    };

    // False when the registry refuses.
    private bool Apply(Effect effect)
    {
        switch (effect)
        {
            case DeleteJob(var name):
                snapshot = snapshot.WithJob(name, null);
                return true;
            case CreateImageJob(_, var request):
                Create(request);
                return true;
            case PutTag(_, var digest):
                Tagged = digest;
                return true;
            case DeleteImage(_, var digest):
                return DeletionProblem is null && Stored.Remove(digest);
            case RemoveAnnotations(_, _, var annotations):
                foreach (var annotation in annotations)
                    Baseline.Metadata.Annotations.Remove(annotation);
                return true;
            default:
                throw new ArgumentException($"nobody can {effect.Words}");
        }
    }

    private void Create(ImageJobRequest request)
    {
        Assert.Equal(Status.Job?.Name, request.Job.Name);
        if (snapshot.Jobs[request.Job.Name] is not null)
            return;
        snapshot = snapshot.WithJob(request.Job.Name, Job(request.Job.Name));
        Created.Add(request);
    }

    private static JobRecord Job(string name) => new() { Name = name, Uid = $"uid-{name}", Baseline = "worker", Owner = "baseline-uid" };
}
