using k8s.Models;
using PatchOperator.Api;
using PatchOperator.Engine.Facts;
using PatchOperator.Engine.Images;
using PatchOperator.Engine.Policies;
using static PatchOperator.Engine.Tests.Given;

namespace PatchOperator.Engine.Tests.Images;

/// <summary>
/// A baseline with its Jobs and its registry, in memory: decisions are carried out as the operator does it, and every write, Job and registry call can be the last one
/// before a crash.
/// </summary>
internal sealed class BaselineWorld
{
    public BaselineWorld(Func<ImageBaselineSpec, ImageBaselineSpec>? change = null)
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

    public Dictionary<string, ImageJobFacts> Jobs { get; } = [];

    /// <summary>Every Job ever created, in order; a second creation of the same name is none.</summary>
    public List<ImageJobRequest> Created { get; } = [];

    /// <summary>Digests that the repository holds.</summary>
    public HashSet<string> Stored { get; } = [];

    public string? Tagged { get; private set; }

    public string? RegistryProblem { get; set; }

    public List<NodeFacts> Nodes { get; } = [];

    public List<PatchRun> Runs { get; } = [];

    public List<NamedWindow> Windows { get; } = [];

    public List<string> Events { get; } = [];

    /// <summary>When the last decision wanted to be made again.</summary>
    public DateTimeOffset? WakeAt { get; private set; }

    /// <summary>The Job under way, which is not finished.</summary>
    public ImageJobRequest Running => Created[^1] is var last && Jobs[last.Job.Name].Finished ? throw new InvalidOperationException("no Job is running") : last;

    public static string Digest(char digit) => "sha256:" + new string(digit, 64);

    public BaselineWorld Edit(Func<ImageBaselineSpec, ImageBaselineSpec> change)
    {
        Replace(change(Baseline.Spec), Status);
        Baseline.Metadata.Generation++;
        return Settle();
    }

    public BaselineWorld Annotate(string name, string value)
    {
        Baseline.Metadata.Annotations ??= new Dictionary<string, string>();
        Baseline.Metadata.Annotations[name] = value;
        return Settle();
    }

    public BaselineWorld Later(TimeSpan time)
    {
        Now += time;
        return Settle();
    }

    /// <summary>Decides and acts until nothing is to be done at this time.</summary>
    public BaselineWorld Settle()
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

    /// <summary>One decision; false from <paramref name="survives"/> is a crash before the next act.</summary>
    public void Step(Func<bool>? survives = null)
    {
        var input = Input();
        if (RegistryQuestion.Of(input) is { } question)
            input = input with { Registry = Answer(question) };
        var decision = BaselineDecisions.Decide(input);
        WakeAt = decision.WakeUp is { } wait ? Now + wait : null;
        foreach (var act in Acts(decision))
        {
            if (survives?.Invoke() == false)
                return;
            act();
        }
    }

    /// <summary>Ends the Job under way with what it built.</summary>
    public BaselineWorld Built(char digest, int security = 0, int total = 0, bool pushed = true, params ImageTestResult[] tests)
    {
        if (pushed)
            Stored.Add(Digest(digest));
        return End(Found(digest, security, total) with { Tests = tests });
    }

    /// <summary>Ends the scan under way; <paramref name="missing"/> is what the image lacks of each run.</summary>
    public BaselineWorld Scanned(int security = 0, int total = 0, int missing = 0)
    {
        Assert.Equal(ImageJobKind.Scan, Running.Job.Kind);
        return End(Found(Running.Job.Digest![7], security, total, missing));
    }

    public BaselineWorld Failed(ImageJobEnd end, string reason = "RecipeFailed", string step = "build") =>
        End(new ImageJobReport { End = end, Step = step, Reason = reason, Message = "it did not work" });

    /// <summary>Ends the Job under way without a word, as when its node or its pod was taken away.</summary>
    public BaselineWorld Lost() => End(null);

    public BaselineWorld End(ImageJobReport? report)
    {
        Finish(report);
        return Settle();
    }

    public void Finish(ImageJobReport? report) => Jobs[Running.Job.Name] = Jobs[Running.Job.Name] with { Finished = true, Report = report };

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
        Expected = Running.Expected.GroupBy(run => run.RunUid).ToDictionary(run => run.Key, _ => (missing, (IReadOnlyList<string>)[.. Enumerable.Repeat("openssl", missing)])),
    };

    public BaselineWorld PatchedNodes(string run = "workers-1", string policy = "workers")
    {
        Runs.Add(new PatchRun
        {
            Metadata = new V1ObjectMeta { Name = run, Uid = $"uid-{run}" },
            Spec = new PatchRunSpec { Policy = new PolicyReference { Name = policy }, Updates = [new RunUpdate { OsFamily = "debian-12", Name = "openssl", Version = "2" }] },
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

    private IEnumerable<Action> Acts(BaselineDecision decision)
    {
        foreach (var name in decision.DeleteJobs)
            yield return () => Jobs.Remove(name);
        if (decision.Create is { } request)
            yield return () => Create(request);
        if (decision.Tag is { } digest)
            yield return () => Tagged = digest;
        foreach (var gone in decision.DeleteImages)
            yield return () => Stored.Remove(gone);
        yield return () =>
        {
            Replace(Baseline.Spec, Retention.Forget(decision.Status, decision.DeleteImages.ToList()));
            Events.AddRange(decision.Events.Select(happened => $"{happened.Reason}: {happened.Message}"));
        };
        foreach (var annotation in decision.RemoveAnnotations)
            yield return () => Baseline.Metadata.Annotations.Remove(annotation);
    }

    private void Create(ImageJobRequest request)
    {
        Assert.Equal(Status.Job?.Name, request.Job.Name);
        if (Jobs.TryAdd(request.Job.Name, new ImageJobFacts { Name = request.Job.Name }))
            Created.Add(request);
    }

    private RegistryFacts Answer(RegistryQuestion question) => RegistryProblem is { } problem
        ? new RegistryFacts { Digest = question.Digest, Problem = problem }
        : new RegistryFacts { Digest = question.Digest, Stored = Stored.Contains(question.Digest), TaggedDigest = question.Tag is null ? null : Tagged };

    private BaselineInput Input() => new()
    {
        Baseline = Baseline,
        Errors = BaselineValidation.Validate(Baseline, Windows.ToDictionary(window => window.Name, _ => AnyCalendar)),
        Jobs = Jobs.ToDictionary(),
        Nodes = Nodes,
        Runs = Runs,
        Windows = Windows,
        Now = Now,
    };

    private static Engine.Windows.WindowCalendar? AnyCalendar { get; } = Engine.Windows.WindowCalendar.TryCreate(
        new PatchWindowSpec { Schedules = [new WindowSchedule { Cron = "0 0 * * *" }], Duration = "1h" }, out _);

    private void Replace(ImageBaselineSpec spec, ImageBaselineStatus status) =>
        Baseline = new ImageBaseline { Metadata = Baseline.Metadata, Spec = spec, Status = status };
}
