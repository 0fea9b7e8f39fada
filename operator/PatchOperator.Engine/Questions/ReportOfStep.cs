using PatchOperator.Engine.Decisions;
using PatchOperator.Engine.Facts;
using PatchOperator.Engine.World;

namespace PatchOperator.Engine.Questions;

/// <summary>What a finished Job on a node has reported; no answer when nothing valid is left of it.</summary>
public sealed record ReportOfStep(JobRecord Job) : Question<StepReport>
{
    /// <inheritdoc/>
    public override string Words => $"the report of Job {Job.Name}";
}
