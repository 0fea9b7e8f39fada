using PatchOperator.Api;
using PatchOperator.Engine.World;

namespace PatchOperator.Engine.Runs.Gates;

/// <summary>How a run that halts says why, and what to do.</summary>
internal static class Halts
{
    /// <summary>What a person can do.</summary>
    public const string HowToGoOn = $"Mend it, then annotate the run with {ApiGroup.ResumeAnnotation}=true, or edit the policy";

    // An edit of the policy changes nothing for it.
    private const string HowToGoOnTakingBack = $"Mend it, then annotate the run with {ApiGroup.ResumeAnnotation}=true, or cancel it";

    /// <param name="run">The run.</param>
    /// <param name="what">What made it halt.</param>
    /// <param name="first">The first node that failed.</param>
    public static GateAnswer At(RunState run, string what, NodeView first)
    {
        var last = first.Status!.LastOperation!;
        var howToGoOn = run.Input.Plan!.Spec.Undoes is null ? HowToGoOn : HowToGoOnTakingBack;
        return new GateAnswer.Halt(
            $"{what}; first {first.Node.Name}, at {last.Step}: {last.Reason}: {last.Message}. {howToGoOn}");
    }
}
