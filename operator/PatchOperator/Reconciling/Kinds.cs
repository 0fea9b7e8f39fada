using PatchOperator.Api;
using PatchOperator.Metrics;

namespace PatchOperator.Reconciling;

/// <summary>Our kinds, as the reconciler sees them. A new kind has an entry here.</summary>
internal static class Kinds
{

    public static Kind<PatchWindow, PatchWindowStatus> Windows { get; } = new()
    {
        Name = PatchWindow.KindName,
        Find = (snapshot, name) => snapshot.Windows[name]?.Window,
        All = snapshot => snapshot.Windows.All.Select(entry => entry.Window),
        StatusOf = window => window.Status,
        With = (window, status) => new PatchWindow { Metadata = window.Metadata, Spec = window.Spec, Status = status },
    };

    public static Kind<PatchPolicy, PatchPolicyStatus> Policies { get; } = new()
    {
        Name = PatchPolicy.KindName,
        Find = (snapshot, name) => snapshot.Policies[name]?.Policy,
        All = snapshot => snapshot.Policies.All.Select(entry => entry.Policy),
        StatusOf = policy => policy.Status,
        With = (policy, status) => new PatchPolicy { Metadata = policy.Metadata, Spec = policy.Spec, Status = status },
        Finalizer = Finalizers.PatchPolicy,
    };

    /// <summary>Runs are where nodes are admitted: one decision at a time, over all of them.</summary>
    public static Kind<PatchRun, PatchRunStatus> Runs(OutcomeMetrics metrics) => new()
    {
        Name = PatchRun.KindName,
        Find = (snapshot, name) => snapshot.Runs[name],
        All = snapshot => snapshot.Runs.All,
        StatusOf = run => run.Status,
        With = (run, status) => new PatchRun { Metadata = run.Metadata, Spec = run.Spec, Status = status },
        Finalizer = Finalizers.PatchRun,
        OneAtATime = true,
        Written = metrics.Written,
    };

    public static Kind<NodePatch, NodePatchStatus> NodePatches(OutcomeMetrics metrics) => new()
    {
        Name = NodePatch.KindName,
        Find = (snapshot, name) => snapshot.NodePatches[name],
        All = snapshot => snapshot.NodePatches.All,
        StatusOf = patch => patch.Status,
        With = (patch, status) => new NodePatch { Metadata = patch.Metadata, Spec = patch.Spec, Status = status },
        Finalizer = Finalizers.NodePatch,
        Written = metrics.Written,
    };

    public static Kind<ImageBaseline, ImageBaselineStatus> Baselines(OutcomeMetrics metrics) => new()
    {
        Name = ImageBaseline.KindName,
        Find = (snapshot, name) => snapshot.Baselines[name]?.Baseline,
        All = snapshot => snapshot.Baselines.All.Select(entry => entry.Baseline),
        StatusOf = baseline => baseline.Status,
        With = (baseline, status) => new ImageBaseline { Metadata = baseline.Metadata, Spec = baseline.Spec, Status = status },
        Written = metrics.Written,
    };
}
