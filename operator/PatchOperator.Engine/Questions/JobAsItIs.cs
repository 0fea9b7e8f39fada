using PatchOperator.Engine.Decisions;
using PatchOperator.Engine.World;

namespace PatchOperator.Engine.Questions;

/// <summary>A Job that a status names and no cache knows: it may be gone, or so new that no watch has told of it yet. No answer when it is gone.</summary>
public sealed record JobAsItIs(string Name) : Question<JobRecord>
{
    /// <inheritdoc/>
    public override string Words => $"Job {Name}";
}
