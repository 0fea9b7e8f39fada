using PatchOperator.Api;
using PatchOperator.Engine.Effects;
using PatchOperator.Engine.Facts;
using PatchOperator.Engine.Nodes;
using PatchOperator.Engine.Nodes.Steps;

namespace PatchOperator.Engine.Runs;

/// <summary>A hook of a run itself: how far it is, and what is to be done for it.</summary>
internal sealed class OwnHook
{
    private readonly RunInput input;
    private readonly JobTemplate? template;

    /// <param name="input">What is known of the run.</param>
    /// <param name="name">The hook, as users write it.</param>
    /// <param name="template">What the plan has for it; null where it has nothing.</param>
    public OwnHook(RunInput input, string name, JobTemplate? template)
    {
        (this.input, Name, this.template) = (input, name, template);
        Before = Of(input.Run, name);
        Now = Before switch
        {
            { State: RunHookState.Running } => Look(Before),
            { State: RunHookState.Succeeded } or { State: RunHookState.Failed } when !input.IsResumed => Before,
            _ when template is not null && input.Job(NextJob(input.Run, name)) is not null => Look(Next()),
            { State: RunHookState.Failed } => Before with { State = RunHookState.Pending },
            _ => Before,
        };
    }

    /// <summary>The hook, as users write it.</summary>
    public string Name { get; }

    /// <summary>How far it was; null before it has begun.</summary>
    public RunHook? Before { get; }

    /// <summary>How far it is now.</summary>
    public RunHook? Now { get; }

    public bool HasFailed => Now?.State == RunHookState.Failed;

    /// <summary>Whether it is still to begin, or to end.</summary>
    public bool IsOwed => template is not null && Now?.State is not (RunHookState.Succeeded or RunHookState.Failed);

    /// <summary>Whether it has ended, and nobody has been told.</summary>
    public bool IsNews => Now?.State is RunHookState.Succeeded or RunHookState.Failed && Before?.State != Now.State;

    /// <summary>How far it is, in words.</summary>
    public string Words => Now switch
    {
        { State: RunHookState.Succeeded } => $"hook {Name} went well",
        { State: RunHookState.Failed } => $"hook {Name} failed: {Now.Message}",
        { Message: { } problem } => $"hook {Name} is under way: {problem}",
        _ => $"hook {Name} is under way",
    };

    /// <summary>Has it run; null where its Job is at work, or it has ended.</summary>
    public (RunHook Hook, CreateHookJob Effect)? Begin()
    {
        if (!IsOwed || Now?.State == RunHookState.Running)
            return null;
        var (run, next) = (input.Run.Metadata, Next());
        return (
            next,
            new CreateHookJob(new HookJobRequest
            {
                Name = next.Job,
                Hook = Name,
                Template = template!,
                Run = run.Name,
                RunUid = run.Uid,
                Policy = input.Run.Spec.Policy.Name,
            }));
    }

    /// <summary>What a run's status has of a hook; null before it has begun.</summary>
    public static RunHook? Of(PatchRun run, string name) => run.Status.Hooks?.FirstOrDefault(hook => hook.Name == name);

    /// <summary>The Job that is made next, or was, and whoever made it did not live to write it down.</summary>
    public static string NextJob(PatchRun run, string name) =>
        JobName.Of($"patch-{name.ToLowerInvariant()}-", run.Metadata.Name, $"{run.Metadata.Uid}/{name}/{(Of(run, name)?.Attempt ?? 0) + 1}");

    private RunHook Next() => new()
    {
        Name = Name,
        State = RunHookState.Running,
        Job = NextJob(input.Run, Name),
        Attempt = (Before?.Attempt ?? 0) + 1,
        StartedAt = input.Now,
    };

    // One that nobody will ever know the end of is run again, as often as a step of a node is.
    private RunHook Look(RunHook hook) => JobEnd.Of(input.Job(hook.Job)) switch
    {
        JobEnd.Succeeded => hook with { State = RunHookState.Succeeded, FinishedAt = input.Now, Message = null },
        JobEnd.UnderWay(var problem) => hook with { Message = problem is null ? null : Text.Fit(problem) },
        JobEnd.Lost(var problem) when hook.Attempt < AgentJobs.MaxAttempts => hook with { State = RunHookState.Pending, Message = Text.Fit(problem) },
        JobEnd.Failed(var report) => Failed(hook, report.Message),
        JobEnd.Overdue(_, var message) => Failed(hook, message),
        JobEnd.Lost(var problem) => Failed(hook, $"{hook.Attempt} attempts, and nobody knows how the last one ended: {problem}"),
        var end => throw new InvalidOperationException($"a Job cannot end as {end}"),
    };

    private RunHook Failed(RunHook hook, string message) => hook with { State = RunHookState.Failed, FinishedAt = input.Now, Message = Text.Fit(message) };
}
