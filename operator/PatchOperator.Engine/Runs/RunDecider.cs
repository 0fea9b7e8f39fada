using k8s.Models;
using PatchOperator.Api;
using PatchOperator.Engine.Decisions;
using PatchOperator.Engine.Effects;
using PatchOperator.Engine.Runs.Gates;
using PatchOperator.Engine.World;

namespace PatchOperator.Engine.Runs;

/// <summary>Decides which nodes of a run are admitted next, and in which phase the run is.</summary>
/// <param name="maxUnavailable">How many nodes of the whole cluster may be unavailable at once.</param>
public sealed class RunDecider(IntOrString maxUnavailable) : IDecider<PatchRun, PatchRunStatus>
{
    // How soon what was refused is tried again.
    private static readonly TimeSpan RefusalRetry = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    public IEnumerable<Question> Ask(PatchRun entity, Snapshot snapshot, Answers answers, DateTimeOffset now) => [];

    /// <inheritdoc/>
    public Decision<PatchRunStatus> Decide(PatchRun entity, Snapshot snapshot, Answers answers, DateTimeOffset now)
    {
        var input = RunInput.Of(entity, snapshot, maxUnavailable, now);
        return Decide(input, input.Deleting || input.Policy is null ? Asked(entity, snapshot) : []);
    }

    /// <inheritdoc/>
    public Decision<PatchRunStatus> Refused(PatchRun entity, Snapshot snapshot, Refusal refusal, DateTimeOffset now) => new()
    {
        Status = RunStatus.Refused(entity, refusal, now),
        Why = refusal.Message,
        WakeUp = RefusalRetry,
        Events = entity.Status.Message == Text.Fit(refusal.Message) ? [] : [new EngineEvent(Reasons.ApiRefused, refusal.Message, Warning: true)],
    };

    /// <param name="input">What is known.</param>
    /// <param name="asked">The nodes whose operation is to be taken back, for the run or its policy is going.</param>
    internal static Decision<PatchRunStatus> Decide(RunInput input, IReadOnlyList<string> asked)
    {
        var takenBack = asked.Select(node => new SetOperation(node, null)).ToList();
        if (RunPhases.IsTerminal(input.Run.Status.Phase))
            return Over(input, takenBack);

        var nodes = new RunNodes(input);
        var acknowledged = input.ResumeRequested && input.Run.Status.Phase == RunPhase.Halted ? nodes.Failed.Count : input.Run.Status.AcknowledgedFailures;
        var run = new RunState(input, nodes, acknowledged);
        var closed = RunGates.Closed(run);
        var admitted = closed is null ? Admissions.Of(run) : [];
        var (phase, message) = closed?.Answer switch
        {
            GateAnswer.NotYet(var meanwhile, var because) => (meanwhile, because),
            GateAnswer.Halt(var because) => (RunPhase.Halted, because),
            GateAnswer.End(var end, var because) => (end, because),
            _ => (RunPhase.Running, run.InFlight + admitted.Count > 0 ? "patching" : Admissions.Blocked(run)),
        };
        var status = RunStatus.Of(run, closed, phase, message);
        var later = RunStatus.WrittenAt(input.Run.Status, status, input.Now);
        return new Decision<PatchRunStatus>
        {
            Effects = [.. takenBack, .. admitted, .. Resumed(input)],
            Status = later is null ? status : input.Run.Status,
            Why = message,
            Released = input.Deleting && run.InFlight == 0,
            WakeUp = input.Windows.Select(window => window.State.NextChange).Append(later).Min() - input.Now,
            Events = [.. Events(input, run, phase, message)],
        };
    }

    // Nothing changes any more but what images have of it: a record that is being deleted stays as it is until it is gone.
    private static Decision<PatchRunStatus> Over(RunInput input, IReadOnlyList<Effect> takenBack) => new()
    {
        Effects = [.. takenBack, .. Resumed(input)],
        Status = input.Deleting
            ? input.Run.Status
            : input.Run.Status with { Baselines = RunBaselines.Of(input.Run, input.Plan, input.Baselines, input.Run.Status.Progress) },
        Why = "over",
        Released = true,
        Events = input.ResumeRequested ? [NotHalted(input)] : [],
    };

    private static IEnumerable<Effect> Resumed(RunInput input) =>
        input.ResumeRequested ? [new RemoveAnnotations(PatchRun.KindName, input.Run.Metadata.Name, [ApiGroup.ResumeAnnotation])] : [];

    private static EngineEvent NotHalted(RunInput input) =>
        new(
            Reasons.ResumeIgnored,
            $"the annotation {ApiGroup.ResumeAnnotation} was taken off: the run is {input.Run.Status.Phase?.ToString() ?? "new"}, and only a halted one can "
                + "be resumed",
            Warning: true);

    private static List<string> Asked(PatchRun run, Snapshot snapshot) =>
    [
        .. snapshot.NodePatches.All
            .Where(patch => patch.Spec.Operation?.RunUid == run.Metadata.Uid)
            .Select(patch => patch.Metadata.Name)
            .Order(StringComparer.Ordinal),
    ];

    private static IEnumerable<EngineEvent> Events(RunInput input, RunState run, RunPhase phase, string message)
    {
        if (input.ResumeRequested && input.Run.Status.Phase != RunPhase.Halted)
            yield return NotHalted(input);
        if (phase != input.Run.Status.Phase)
            yield return new EngineEvent(RunStatus.Reason(phase), message, Warning: phase is RunPhase.Halted or RunPhase.Failed);
    }
}
