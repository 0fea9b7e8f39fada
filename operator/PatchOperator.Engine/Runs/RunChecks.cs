using PatchOperator.Api;
using PatchOperator.Engine.Decisions;
using PatchOperator.Engine.Effects;
using PatchOperator.Engine.Questions;
using PatchOperator.Engine.World;

namespace PatchOperator.Engine.Runs;

/// <summary>The health checks that matter to a run where it stands: those of a wave that soaks, or those before nodes begin.</summary>
internal sealed class RunChecks
{
    /// <summary>How often a check is asked that holds the run back, or is to hold for a soak.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    private readonly RunInput input;
    private readonly List<HealthCheck> asked;
    private readonly string? wave;

    public RunChecks(RunInput input, RunWaves waves)
    {
        this.input = input;
        var place = waves.Current ?? waves.Begun[^1];
        IsSoak = place is { FinishedAt: not null, SoakedAt: null };
        asked = IsSoak
            ? input.Checks(place.Wave, CheckTime.Soak)
            : [.. input.Checks(place.Wave, CheckTime.BeforeNode).Union(place.Nodes.HasBegun ? [] : input.Checks(place.Wave, CheckTime.BeforeWave))];
        wave = place.Wave.Name.Length == 0 ? null : place.Wave.Name;
        States = [.. asked.Select(Of)];
    }

    /// <summary>Whether they are those of a wave that soaks.</summary>
    public bool IsSoak { get; }

    /// <summary>What each says.</summary>
    public IReadOnlyList<RunCheck> States { get; }

    /// <summary>The first that has failed for too long in a soak.</summary>
    public RunCheck? Failed => States.FirstOrDefault(check => check.State == RunCheckState.Failed);

    /// <summary>The first that does not pass, in words.</summary>
    public string? Hindrance => States.FirstOrDefault(check => check.State != RunCheckState.Passing) is { } check ? Words(check) : null;

    /// <summary>What is to be asked; one that has failed is not asked again before a person has resumed the run.</summary>
    public IEnumerable<Question> Questions(Snapshot snapshot) =>
        Open.SelectMany(check => check.Job is null ? [new HealthOf(check)] : CheckJobs.Questions(input, check, snapshot));

    /// <summary>What is to be done to find out what is not known.</summary>
    public IEnumerable<CreateHookJob> Effects => Open.Where(check => check.Job is not null).SelectMany(check => CheckJobs.Ask(input, check, wave));

    /// <summary>What is not told of yet: a check that does not pass, and one that passes again. That the run halts over one is told by itself.</summary>
    public IEnumerable<RunCheck> News =>
        Status.Where(check => check.State != RunCheckState.Failed
            && check.State != (input.Run.Status.Checks.FirstOrDefault(known => known.Name == check.Name)?.State ?? RunCheckState.Passing));

    /// <summary>As they are written: what has not been asked is not told of.</summary>
    public List<RunCheck> Status =>
        [.. States.Where((check, index) => check.State == RunCheckState.Failed || input.Health(asked[index]) is not null || Stays(asked[index]))];

    private IEnumerable<HealthCheck> Open => asked.Where((_, index) => States[index].State != RunCheckState.Failed);

    /// <summary>What a check says, in words.</summary>
    public static string Words(RunCheck check) => check.State switch
    {
        RunCheckState.Passing => $"check {check.Name} passes",
        RunCheckState.Unknown => $"check {check.Name} cannot be evaluated: {check.Message}",
        _ => $"check {check.Name} fails: {check.Message}",
    };

    private RunCheck Of(HealthCheck check)
    {
        var before = input.Known(check);
        if ((IsSoak && before?.State == RunCheckState.Failed) || Stays(check))
            return before!;
        var facts = input.Health(check);
        var state = facts?.Passes switch { true => RunCheckState.Passing, false => RunCheckState.Failing, null => RunCheckState.Unknown };
        var since = before?.State == state ? before.Since : input.Now;
        return new RunCheck
        {
            Name = check.Name,
            State = IsSoak && state == RunCheckState.Failing && input.Now >= since + Durations.Parse(check.For) ? RunCheckState.Failed : state,
            Since = since,
            // Absent rather than empty: some API servers take an empty text for null, and refuse it.
            Message = state == RunCheckState.Passing
                ? null
                : Text.Fit(facts?.Message ?? (check.Job is null ? "it has not been asked yet" : "its Job has not ended yet")),
        };
    }

    // What a Job found before counts until the next has found something else; but that all was well lets no node begin.
    private bool Stays(HealthCheck check) => check.Job is not null && input.Health(check) is null
        && input.Known(check) is { } before && (IsSoak || before.State != RunCheckState.Passing);
}
