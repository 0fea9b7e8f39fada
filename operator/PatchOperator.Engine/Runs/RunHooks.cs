using PatchOperator.Api;
using PatchOperator.Engine.Decisions;
using PatchOperator.Engine.Nodes;
using PatchOperator.Engine.Questions;
using PatchOperator.Engine.World;

namespace PatchOperator.Engine.Runs;

/// <summary>The hooks of a run itself.</summary>
internal sealed class RunHooks(RunInput input, RunNodes nodes)
{
    private const string Before = "beforeRun";
    private const string After = "afterRun";

    /// <summary>Before the first node begins.</summary>
    public OwnHook BeforeRun { get; } = new(input, Before, input.Settings.Hooks?.BeforeRun);

    /// <summary>When the run is over.</summary>
    public OwnHook AfterRun { get; } = new(input, After, input.Settings.Hooks?.AfterRun);

    /// <summary>Both, in order.</summary>
    public IReadOnlyList<OwnHook> All => [BeforeRun, AfterRun];

    /// <summary>The one that a run which has ended still waits for; null where there is none. What beforeRun has begun afterRun may have to end.</summary>
    public OwnHook? Last => BeforeRun.Now?.State == RunHookState.Running ? BeforeRun : AfterRunIsOwed ? AfterRun : null;

    private bool AfterRunIsOwed => AfterRun.IsOwed && (BeforeRun.Now is not null || nodes.All.HasBegun || input.Run.Status.Records is not null);

    /// <summary>What must be known before a run ends: whether a hook has been begun that nobody has written down.</summary>
    public IEnumerable<Question> AtTheEnd =>
        All.Where(hook => hook is { Now: null, IsOwed: true }).Select(hook => new JobAsItIs(OwnHook.NextJob(input.Run, hook.Name)));

    /// <summary>What is to be asked about those that are under way.</summary>
    public static IEnumerable<Question> Questions(PatchRun run, Snapshot snapshot, Answers answers, DateTimeOffset now) =>
        new[] { Before, After }.SelectMany(name => OwnHook.Of(run, name) switch
        {
            { State: RunHookState.Succeeded } => [],
            { State: RunHookState.Running } hook => KnownJobs.Questions(hook.Job, snapshot, answers, now),
            _ => KnownJobs.Find(OwnHook.NextJob(run, name), snapshot, answers, now) is { } job ? KnownJobs.Questions(job, snapshot, now) : [],
        });

    /// <summary>As they are written; null where none has begun.</summary>
    /// <param name="begun">The one that begins now.</param>
    public List<RunHook>? Status(RunHook? begun)
    {
        List<RunHook> status = [.. All.Select(hook => hook.Now?.Name == begun?.Name ? begun ?? hook.Now : hook.Now).OfType<RunHook>()];
        if (begun is not null && !status.Contains(begun))
            status.Add(begun);
        return status.Count == 0 ? null : status;
    }
}
