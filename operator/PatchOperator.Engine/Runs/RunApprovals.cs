using PatchOperator.Api;

namespace PatchOperator.Engine.Runs;

/// <summary>What people have approved of a run. An approval counts for the digest that it names, and for nothing else.</summary>
internal sealed class RunApprovals(PatchRun run, PatchPlan? plan)
{
    /// <summary>Whether the run may begin: nobody is to be asked, or somebody has approved this very plan.</summary>
    public bool IsGiven => plan?.Spec.Approval != ApprovalMode.Manual || Approves(wave: null);

    /// <summary>What is to be said of the last approval that counts for nothing; empty where there is none.</summary>
    public string Others => run.Spec.Approvals.LastOrDefault(approval => !Counts(approval)) is { } other ? $"; {Describe(other)}" : "";

    /// <summary>Whether a wave may begin, as far as people are to be asked.</summary>
    public bool IsGivenFor(PlanWave wave) => wave.Approval != ApprovalMode.Manual || Approves(wave.Name);

    /// <summary>Whether an approval names the run's plan, and no wave that it does not have.</summary>
    public bool Counts(RunApproval approval) => NamesThePlan(approval) && (approval.Wave is not { } wave || Waves.Any(known => known.Name == wave));

    /// <summary>What an approval means to the run, in words.</summary>
    public string Describe(RunApproval approval)
    {
        if (!NamesThePlan(approval))
            return $"the approval by {approval.By} names another plan, {approval.Digest}, and counts for nothing";
        return Counts(approval)
            ? $"{(approval.Wave is { } wave ? $"wave {wave} " : "")}approved by {approval.By}{(approval.Reason is { Length: > 0 } reason ? $": {reason}" : "")}"
            : $"the approval by {approval.By} names the wave {approval.Wave}, which the plan does not have, and counts for nothing";
    }

    private List<PlanWave> Waves => plan?.Spec.Waves ?? [];

    private bool Approves(string? wave) => run.Spec.Approvals.Any(approval => approval.Wave == wave && NamesThePlan(approval));

    private bool NamesThePlan(RunApproval approval) => approval.Digest == run.Spec.Plan.Digest;
}
