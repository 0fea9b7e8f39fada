using PatchOperator.Engine.Decisions;

namespace PatchOperator.Engine.Effects;

/// <summary>Delete a Job and its pods.</summary>
public sealed record DeleteJob(string Name) : Effect
{
    /// <inheritdoc/>
    public override string Words => $"delete Job {Name}";
}
