using PatchOperator.Engine.Decisions;

namespace PatchOperator.Engine.Questions;

/// <summary>Why Kubernetes cannot make a Job's pod, in words; no answer when it has made one, or says nothing.</summary>
public sealed record ProblemOfJob(string Name, string Uid) : Question<string>
{
    /// <inheritdoc/>
    public override string Words => $"why Job {Name} has no pod";
}
