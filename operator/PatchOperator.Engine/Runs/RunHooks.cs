using PatchOperator.Api;
using PatchOperator.Engine.Decisions;
using PatchOperator.Engine.Nodes;
using PatchOperator.Engine.World;

namespace PatchOperator.Engine.Runs;

/// <summary>The hooks of a run itself.</summary>
internal sealed class RunHooks(RunInput input, RunNodes nodes)
{
    /// <summary>Before the first node begins.</summary>
    public OwnHook BeforeRun { get; } = new(input, "beforeRun", input.Settings.Hooks?.BeforeRun);

    /// <summary>When the run is over.</summary>
    public OwnHook AfterRun { get; } = new(input, "afterRun", input.Settings.Hooks?.AfterRun);

    /// <summary>Both, in order.</summary>
    public IReadOnlyList<OwnHook> All => [BeforeRun, AfterRun];

    /// <summary>The one that a run which has ended still waits for; null where there is none. What beforeRun has begun afterRun may have to end.</summary>
    public OwnHook? Last => BeforeRun.Now?.State == RunHookState.Running ? BeforeRun : AfterRunIsOwed ? AfterRun : null;

    private bool AfterRunIsOwed => AfterRun.IsOwed && (BeforeRun.Now is not null || nodes.All.HasBegun || input.Run.Status.Records is not null);

    /// <summary>What is to be asked about those that are under way.</summary>
    public static IEnumerable<Question> Questions(PatchRun run, Snapshot snapshot, Answers answers) => (run.Status.Hooks ?? [])
        .Where(hook => hook.State == RunHookState.Running)
        .SelectMany(hook => KnownJobs.Questions(hook.Job, snapshot, answers));

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
