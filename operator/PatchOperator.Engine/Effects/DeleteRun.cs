using PatchOperator.Engine.Decisions;

namespace PatchOperator.Engine.Effects;

/// <summary>Forget a run.</summary>
public sealed record DeleteRun(string Name) : Effect
{
    /// <inheritdoc/>
    public override string Words => $"delete PatchRun {Name}";
}
