using PatchOperator.Api;
using PatchOperator.Engine.Calendars;
using PatchOperator.Engine.Decisions;
using PatchOperator.Engine.Facts;
using PatchOperator.Engine.Nodes;
using PatchOperator.Engine.Questions;
using PatchOperator.Engine.World;

namespace PatchOperator.Engine.Images;

/// <summary>Everything a decision about one baseline is made from.</summary>
internal sealed record BaselineInput
{
    public required ImageBaseline Baseline { get; init; }

    /// <summary>Empty when the spec is valid.</summary>
    public IReadOnlyList<SpecError> Errors { get; init; } = [];

    /// <summary>The baseline's Jobs by name, finished ones included.</summary>
    public IReadOnlyDictionary<string, ImageJobFacts> Jobs { get; init; } = new Dictionary<string, ImageJobFacts>();

    /// <summary>The answer to <see cref="RegistryQuestion"/>; null when it asked nothing.</summary>
    public RegistryFacts? Registry { get; init; }

    public IReadOnlyList<NodeFacts> Nodes { get; init; } = [];

    /// <summary>Runs of the policies in triggers.onPolicies.</summary>
    public IReadOnlyList<PatchRun> Runs { get; init; } = [];

    /// <summary>The plans of those runs, by name.</summary>
    public IReadOnlyDictionary<string, PatchPlan> Plans { get; init; } = new Dictionary<string, PatchPlan>();

    /// <summary>The states of the windows in triggers.windows.</summary>
    public IReadOnlyList<NamedWindow> Windows { get; init; } = [];

    public required DateTimeOffset Now { get; init; }

    public ImageBaselineSpec Spec => Baseline.Spec;

    public string? Annotation(string name) =>
        Baseline.Metadata.Annotations is { } annotations && annotations.TryGetValue(name, out var value) ? value : null;

    /// <summary>What a run installs.</summary>
    public IReadOnlyList<RunUpdate> UpdatesOf(PatchRun run) => Plans.GetValueOrDefault(run.Spec.Plan.Name)?.Spec.Updates ?? [];

    public static BaselineInput Of(ImageBaseline baseline, Snapshot snapshot, Answers answers, DateTimeOffset now)
    {
        var (name, spec) = (baseline.Metadata.Name, baseline.Spec);
        var input = new BaselineInput
        {
            Baseline = baseline,
            Errors = snapshot.Baselines[name]?.Errors ?? [],
            Jobs = snapshot.Jobs.By(JobRecord.KeyOfBaseline(name))
                .Where(job => job.Owner == baseline.Metadata.Uid)
                .Select(job => job.At(now))
                .ToDictionary(job => job.Name, job => JobOf(job, snapshot, answers, now)),
            Nodes = spec.Nodes is null ? [] : [.. snapshot.Nodes.All],
            Runs = [.. spec.Triggers.OnPolicies.SelectMany(snapshot.Runs.By)],
            Plans = spec.Triggers.OnPolicies.SelectMany(snapshot.Plans.By).Select(entry => entry.Plan).ToDictionary(plan => plan.Metadata.Name),
            Windows = snapshot.States(spec.Triggers.Windows, now),
            Now = now,
        };
        return RegistryQuestion.Of(input) is { } question ? input with { Registry = answers.To(question) } : input;
    }

    private static ImageJobFacts JobOf(JobRecord job, Snapshot snapshot, Answers answers, DateTimeOffset now) => new()
    {
        Name = job.Name,
        Finished = job.Finished,
        TimedOut = job.TimedOut,
        Overdue = job.IsOverdue,
        LookAt = KnownJobs.LookAt(job, snapshot, now),
        Problem = KnownJobs.Problem(job, snapshot, answers),
        Report = answers.To(new ReportOfImageJob(job)),
    };
}
