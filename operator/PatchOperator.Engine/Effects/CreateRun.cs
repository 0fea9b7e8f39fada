using PatchOperator.Api;
using PatchOperator.Engine.Decisions;

namespace PatchOperator.Engine.Effects;

/// <summary>Begin a run; one that exists under the name is the same run.</summary>
public sealed record CreateRun(string Name, PatchRunSpec Run) : Effect
{
    /// <inheritdoc/>
    public override string Words => $"create PatchRun {Name}";
}
